import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { answersPing } from './ask-socket.js';
import { findProgram, missingForEngine } from './find-program.js';
import { importBusybox } from './import-busybox.js';
import { startIsolated, untilReady } from './isolated-process.js';
import type { EngineKind, RealEngine } from './real-engine.js';
import { removeCgroups } from './remove-cgroups.js';

/** A Docker Engine, and the folder that it knows as /run/docker/plugins: `NAME.sock` there is the driver NAME. */
export interface DockerEngine extends RealEngine {
  readonly pluginFolder: string;
}

const packages = {
  dockerd: 'docker.io',
  containerd: 'containerd',
  runc: 'runc',
  iptables: 'iptables',
  ip: 'iproute2',
  busybox: 'busybox-static',
  unshare: 'util-linux',
  setpriv: 'util-linux',
};

/** Docker Engine as the machine's package has it. */
export const dockerEngine: EngineKind<DockerEngine> = {
  name: 'Docker Engine',
  missing: () => missingForEngine(packages),
  start: startDocker,
};

/** The same, for tests that speak to it with the docker command. */
export const dockerEngineWithCli: EngineKind<DockerEngine> = {
  ...dockerEngine,
  missing: () => missingForEngine({ ...packages, docker: 'docker-cli' }),
};

/** Starts a Docker Engine; its bridges, rules, mounts and processes live in namespaces that end with it. */
export async function startDocker(): Promise<DockerEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'opencnm-docker-'));
  const socket = join(folder, 'docker.sock');
  const group = basename(folder);
  const pluginFolder = join(folder, 'plugins');
  await mkdir(pluginFolder);
  const started = startIsolated({
    program: findProgram('dockerd') ?? 'dockerd',
    args: [
      ...['--data-root', join(folder, 'data'), '--exec-root', join(folder, 'exec'), '--pidfile', join(folder, 'pid')],
      ...['--host', `unix://${socket}`, '--storage-driver', 'vfs'],
      ...['--cgroup-parent', `/${group}`, '--exec-opt', 'native.cgroupdriver=cgroupfs'],
    ],
    logFile: join(folder, 'log'),
    // The engine looks for drivers at one fixed place; it is to find ours alone.
    before: [
      'mount -t tmpfs tmpfs /run',
      'mkdir -p /run/docker/plugins',
      `mount --bind ${pluginFolder} /run/docker/plugins`,
    ],
    env: { PATH: `${process.env['PATH']}:/usr/sbin:/sbin` },
  });
  const clean = async () => {
    removeCgroups(group);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  await untilReady(started, () => answersPing(socket)).catch(async (error: unknown) => {
    await clean();
    throw error;
  });
  return {
    host: `unix://${socket}`,
    pluginFolder,
    importImage: () => importBusybox(socket, folder),
    stop: async () => {
      await started.stop();
      await clean();
    },
  };
}
