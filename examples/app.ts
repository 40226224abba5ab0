// An application that uses networks of whatever engine DOCKER_HOST names: `node --import tsx examples/app.ts`
import type { CnmError } from '@opencnm/sdk';
import { connectEngine } from '@opencnm/sdk/engine';

const engine = await connectEngine();
const { Id } = await engine.networks.create({ body: { Name: 'shop', Labels: { app: 'shop' } } });
const mine = await engine.networks.list({ filters: { label: ['app=shop'] } });
console.log(`${mine.length} network of the shop: ${Id.slice(0, 12)}`);
await engine.networks
  .create({ body: { Name: 'shop', CheckDuplicate: true } })
  .catch(({ status, code, message }: CnmError) => console.log(`refused with ${status} (${code}): ${message}`));
const { NetworksDeleted } = await engine.networks.prune({ filters: { label: ['app=shop'] } });
console.log(`removed ${NetworksDeleted?.join(', ')}`);
await engine.close();
