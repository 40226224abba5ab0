import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { askSocket } from './engines/ask-socket.js';
import { dockerEngine } from './engines/docker-engine.js';
import { onEngine } from './engines/on-engine.js';
import { podmanEngine } from './engines/podman-engine.js';

for (const kind of [dockerEngine, podmanEngine]) {
  onEngine(kind, (engine) => {
    it('runs a container on a network of its own and leaves nothing on the machine', async () => {
      const before = footprint();
      const socket = engine().host.slice('unix://'.length);
      const image = await engine().importImage();
      const post = (path: string, body: unknown) =>
        askSocket({
          socket,
          path,
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(body),
        });
      expect((await post('/v1.41/networks/create', { Name: 'n' })).status).toBe(201);
      const created = await post('/v1.41/containers/create?name=c1', {
        Image: image,
        Cmd: ['sleep', '1000'],
        HostConfig: { NetworkMode: 'n' },
      });
      expect(created.status, created.text).toBe(201);
      expect(await post('/v1.41/containers/c1/start', undefined)).toMatchObject({ status: 204 });
      const inspected = JSON.parse((await askSocket({ socket, path: '/v1.41/containers/c1/json' })).text);
      expect(inspected.State.Running).toBe(true);
      expect(Object.keys(inspected.NetworkSettings.Networks)).toContain('n');
      expect(footprint()).toEqual(before);
      await engine().stop();
      expect(existsSync(dirname(socket))).toBe(false);
      expect(footprint()).toEqual(before);
    });
  });
}

/** What an engine could leave on the machine: links, mounts and named network namespaces. */
function footprint(): unknown {
  const links = readdirSync('/sys/class/net').sort();
  const mounts = readFileSync('/proc/self/mounts', 'utf8');
  const namespaces = existsSync('/run/netns') ? readdirSync('/run/netns').sort() : [];
  return { links, mounts, namespaces, interfaces: Object.keys(networkInterfaces()).sort() };
}
