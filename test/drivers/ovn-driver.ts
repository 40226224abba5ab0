import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram, missingForEngine } from '../engines/find-program.js';
import { startIsolated, untilReady } from '../engines/isolated-process.js';
import type { PartKind, RealPart } from '../engines/real-engine.js';

/** A network driver of a vendor. */
export interface RealDriver extends RealPart {
  /** Its plugin socket: `unix://...`. */
  readonly url: string;
}

/** The overlay driver of Open Virtual Network, with the switch and the databases that it writes to. */
export const ovnDriver: PartKind<RealDriver> = {
  name: 'the overlay driver of OVN',
  missing: () =>
    missingForEngine({
      'ovn-docker-overlay-driver': 'ovn-docker python3-flask',
      'ovs-vswitchd': 'openvswitch-switch',
      'ovn-nbctl': 'ovn-common',
      ip: 'iproute2',
      unshare: 'util-linux',
      setpriv: 'util-linux',
    }) ?? (existsSync(northbound) ? undefined : `${northbound} not found; install ovn-central`),
  start: startOvn,
};

const northbound = '/usr/share/ovn/ovn-nb.ovsschema';

/**
 * Runs the packaged script as it is, but for two things: it reads the output of programs as text, which Python 3 does
 * not do by itself and without which it does not start, and it listens on a unix socket in place of every address.
 */
const launcher = `
import functools, runpy, subprocess, sys, flask
script, socket = sys.argv[1:]
sys.argv = [script]
subprocess.Popen = functools.partial(subprocess.Popen, text=True)
run = flask.Flask.run
flask.Flask.run = lambda app, host=None, **options: run(app, host='unix://' + socket, **options)
runpy.run_path(script, run_name='__main__')
`;

/** Starts the driver; its switch, links, databases and processes live in namespaces and a folder that end with it. */
async function startOvn(): Promise<RealDriver> {
  const folder = await mkdtemp(join(tmpdir(), 'opencnm-ovn-'));
  const socket = join(folder, 'ovn.sock');
  const script = findProgram('ovn-docker-overlay-driver') ?? 'ovn-docker-overlay-driver';
  const started = startIsolated({
    program: '/usr/bin/python3',
    args: ['-c', launcher, script, socket],
    logFile: join(folder, 'log'),
    before: [
      // The driver leaves a note for engines at a fixed place.
      'mkdir -p /etc/docker && mount -t tmpfs tmpfs /etc/docker',
      'ovsdb-tool create switch.db /usr/share/openvswitch/vswitch.ovsschema',
      `ovsdb-tool create north.db ${northbound}`,
      'ovsdb-server switch.db --remote=punix:db.sock --unixctl=switch.ctl --pidfile --detach',
      'ovsdb-server north.db --remote=punix:north.sock --unixctl=north.ctl --pidfile=north.pid --detach',
      'ovs-vsctl --no-wait init',
      'ovs-vswitchd --pidfile --detach',
      // A switch of its own makes do without the kernel module.
      'ovs-vsctl --timeout=30 add-br br-int -- set bridge br-int datapath_type=netdev fail-mode=secure',
      `ovs-vsctl --no-wait set Open_vSwitch . external_ids:ovn-nb=unix:${join(folder, 'north.sock')}`,
    ],
    folder,
    env: {
      ...Object.fromEntries(['OVS_RUNDIR', 'OVS_LOGDIR', 'OVN_RUNDIR', 'OVN_LOGDIR'].map((name) => [name, folder])),
      PATH: `${process.env['PATH']}:/usr/sbin:/sbin`,
    },
  });
  const clean = () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
  await untilReady(started, async () => existsSync(socket)).catch(async (error: unknown) => {
    await clean();
    throw error;
  });
  return {
    url: `unix://${socket}`,
    stop: async () => {
      await started.stop();
      await clean();
    },
  };
}
