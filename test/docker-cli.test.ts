import { expect, it } from 'vitest';
import { dockerCli } from './docker-cli/docker-cli.js';
import { networkingSession, sessionEvents, wanted } from './docker-cli/networking-session.js';
import { dockerEngineWithCli } from './engines/docker-engine.js';
import { findProgram } from './engines/find-program.js';
import { mockEngineWithCli } from './engines/mock-engine.js';
import { onEngine } from './engines/on-engine.js';
import type { RealEngine } from './engines/real-engine.js';

const program = findProgram('docker');

for (const kind of [dockerEngineWithCli, mockEngineWithCli]) {
  onEngine<RealEngine>(kind, (engine) => {
    it('lets the docker command print what the session says', async () => {
      await holdSession(engine().host, await engine().importImage());
    });
  });
}

async function holdSession(host: string, image: string): Promise<void> {
  const cli = await dockerCli(program ?? 'docker', host);
  try {
    const since = String(Date.now() / 1000);
    for (const step of networkingSession(image)) {
      const printed = await cli.run(...step.args);
      expect({ command: step.args.join(' '), ...printed }).toEqual({
        command: step.args.join(' '),
        ...wanted(step, printed),
      });
    }
    const until = String(Date.now() / 1000);
    const actions = ['create', 'connect', 'disconnect', 'destroy'].flatMap((action) => ['--filter', `event=${action}`]);
    const window = ['--since', since, '--until', until, '--filter', 'type=network', ...actions];
    const { out } = await cli.run('events', ...window, '--format', '{{.Action}} {{.Actor.Attributes.name}}');
    const events = out.split('\n');
    // Docker Engine tells of a disconnect twice.
    expect(events.filter((event, index) => event !== events[index - 1])).toEqual(sessionEvents);
  } finally {
    await cli.close();
  }
}
