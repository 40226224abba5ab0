import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryIpamDriver, memoryNetworkDriver, startMock } from '@opencnm/mock-server';
import { handlePlugin, listen } from '@opencnm/sdk/driver-kit';
import { expect, it } from 'vitest';
import { dockerCli } from './docker-cli/docker-cli.js';
import { findProgram } from './engines/find-program.js';
import { orderOf, replaced, withoutLinks } from './recordings/call-order.js';
import { commands, recording } from './recordings/recording.js';
import { recordingHandler } from './recordings/recording-handler.js';

const program = findProgram('docker');
if (program === undefined) console.warn('skipped: the docker command drives the mock engine: docker not found');

it
  .skipIf(program === undefined)
  .each(['01-network-lifecycle-ipv4', '02-dual-stack-ip-range-aux', '03-ports', '04-internal-default-ipam'])(
  'The mock engine calls a foreign driver in the order that Docker Engine had in %s',
  async (scenario) => {
    const folder = await mkdtemp(join(tmpdir(), 'opencnm-order-'));
    const faces = { networkDriver: withoutLinks(memoryNetworkDriver()), ipamDriver: memoryIpamDriver() };
    const recorder = recordingHandler(handlePlugin(faces));
    const driver = await listen(recorder.handler, `unix://${folder}/rec.sock`);
    const mock = await startMock({ engine: `unix://${folder}/engine.sock`, drivers: { rec: driver.address } });
    const cli = await dockerCli(program ?? 'docker', mock.engineUrl ?? '');
    try {
      // Nothing runs in the containers of the mock.
      for (const { args, exit } of commands(scenario).filter((command) => command.args[0] !== 'exec')) {
        const printed = await cli.run(...args.map((arg) => replaced(arg, 'rec', 'busybox:local')));
        expect({ command: args.join(' '), ...printed }).toMatchObject({ exit });
      }
      expect(orderOf(recorder.take())).toEqual(orderOf(recording(scenario)));
    } finally {
      await cli.close();
      await mock.close();
      await driver.close();
      await rm(folder, { recursive: true });
    }
  },
);
