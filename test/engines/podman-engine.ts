import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answersPing } from './ask-socket.js';
import { findProgram, missingForEngine } from './find-program.js';
import { importBusybox } from './import-busybox.js';
import { startIsolated, untilReady } from './isolated-process.js';
import type { EngineKind, RealEngine } from './real-engine.js';
import { removeCgroups } from './remove-cgroups.js';

/** Podman's service, which speaks Docker's API. */
export const podmanEngine: EngineKind = {
  name: 'Podman',
  missing: () =>
    missingForEngine({
      podman: 'podman',
      conmon: 'conmon',
      runc: 'runc',
      iptables: 'iptables',
      ip: 'iproute2',
      busybox: 'busybox-static',
      unshare: 'util-linux',
      setpriv: 'util-linux',
    }),
  start: startPodman,
};

/** Starts a Podman service; its networks, state and processes live in a folder and namespaces that end with it. */
export async function startPodman(): Promise<RealEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'opencnm-podman-'));
  const socket = join(folder, 'podman.sock');
  const config = join(folder, 'containers.conf');
  const hadGroup = existsSync('/sys/fs/cgroup/libpod_parent') || existsSync('/sys/fs/cgroup/memory/libpod_parent');
  await mkdir(join(folder, 'networks'));
  await writeFile(config, configuration(folder));
  const started = startIsolated({
    program: findProgram('podman') ?? 'podman',
    args: [
      ...['--root', join(folder, 'root'), '--runroot', join(folder, 'run')],
      ...['system', 'service', '--time', '0', `unix://${socket}`],
    ],
    logFile: join(folder, 'log'),
    // Podman and its network plugins keep locks, leases and namespaces at fixed places below these two.
    before: ['mount -t tmpfs tmpfs /run', 'mount -t tmpfs tmpfs /var/lib'],
    env: { CONTAINERS_CONF: config, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` },
  });
  const clean = async () => {
    if (!hadGroup) removeCgroups('libpod_parent');
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  await untilReady(started, () => answersPing(socket)).catch(async (error: unknown) => {
    await clean();
    throw error;
  });
  return {
    host: `unix://${socket}`,
    importImage: () => importBusybox(socket, folder),
    stop: async () => {
      await started.stop();
      await clean();
    },
  };
}

/** Limits and a control group manager that also work where the machine itself is a restricted sandbox. */
function configuration(folder: string): string {
  return [
    '[containers]',
    'default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]',
    '[engine]',
    'cgroup_manager = "cgroupfs"',
    'events_logger = "file"',
    'runtime = "runc"',
    '[network]',
    `network_config_dir = "${join(folder, 'networks')}"`,
    '',
  ].join('\n');
}
