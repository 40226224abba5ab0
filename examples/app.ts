// An application that uses networks of whatever engine DOCKER_HOST names: `node --import tsx examples/app.ts`
import { CnmError } from '@opencnm/sdk';
import { connectEngine } from '@opencnm/sdk/engine';

const engine = await connectEngine();
const { Id } = await engine.networks.create({ body: { Name: 'shop', Labels: { app: 'shop' } } });
const mine = await engine.networks.list({ filters: { label: ['app=shop'] } });
console.log(`${mine.length} network of the shop: ${Id.slice(0, 12)}`);
try {
  await engine.networks.create({ body: { Name: 'shop', CheckDuplicate: true } });
} catch (error) {
  if (!(error instanceof CnmError)) throw error;
  console.log(`refused with ${error.status} (${error.code}): ${error.message}`);
}
const { NetworksDeleted } = await engine.networks.prune({ filters: { label: ['app=shop'] } });
console.log(`removed ${NetworksDeleted?.join(', ')}`);
await engine.close();
