import { check, seen } from '../../check.js';
import { aConnectedContainer, aRunningContainer } from '../../fixtures/a-container.js';
import { aDisconnectedContainer } from '../../fixtures/a-disconnected-container.js';
import { anEngineNetwork } from '../../fixtures/an-engine-network.js';
import { aShownNetwork } from '../../fixtures/named-networks.js';
import { absent, atLeast400, inSubnet } from '../../patterns/matchers.js';
import { onlyOn } from '../../patterns/of-engines.js';

const two = { home: anEngineNetwork(), network: anEngineNetwork() };

export const gone = check({
  id: 'network-disconnect.gone',
  clause: 'engine.network-disconnect.gone',
  title: 'A container that was disconnected is no longer on the network',
  op: 'NetworkDisconnect',
  given: {
    ...two,
    container: aConnectedContainer({ home: 'home', to: 'network' }),
    // An engine that remembers what it showed has something to forget.
    shown: aShownNetwork({ of: 'network' }),
  },
  when: ({ network, container }) => ({ id: network.id, body: { Container: container.id } }),
  expect: { status: 200 },
  afterwards: ({ network, container }) => [
    seen('NetworkInspect', { id: network.id }, { status: 200, body: { Containers: { [container.id]: absent } } }),
    seen(
      'ContainerInspect',
      { id: container.id },
      { status: 200, body: { NetworkSettings: { Networks: { [network.name]: absent } } } },
    ),
  ],
  brokenBy: 'engine.network-disconnect.gone#stays-shown',
});

export const freesAddress = check({
  id: 'network-disconnect.frees-address',
  clause: 'engine.network-disconnect.frees-address',
  title: 'The address of a container that was disconnected can be given again',
  op: 'NetworkDisconnect',
  given: {
    ...two,
    container: aRunningContainer({ on: 'home' }),
    holder: aRunningContainer({
      on: 'network',
      endpoint: ({ subnet }) => ({ IPAMConfig: { IPv4Address: subnet.ip(55) } }),
    }),
  },
  when: ({ network, holder }) => ({ id: network.id, body: { Container: holder.id, Force: true } }),
  expect: { status: 200 },
  afterwards: ({ network, container }) => [
    seen(
      'NetworkConnect',
      {
        id: network.id,
        body: { Container: container.id, EndpointConfig: { IPAMConfig: { IPv4Address: network.subnet.ip(55) } } },
      },
      { status: 200 },
    ),
  ],
  brokenBy: 'engine.network-disconnect.frees-address#keeps-address',
});

export const notConnected = check({
  id: 'network-disconnect.not-connected',
  clause: 'engine.network-disconnect.not-connected',
  title: 'A container that is not on the network is refused',
  op: 'NetworkDisconnect',
  given: { ...two, container: aRunningContainer({ on: 'home' }) },
  when: ({ network, container }) => ({ id: network.id, body: { Container: container.id } }),
  expect: { wire: { status: atLeast400 } },
  brokenBy: 'engine.network-disconnect.not-connected#says-done',
});

export const unknownContainer = check({
  id: 'network-disconnect.unknown-container',
  clause: 'NetworkDisconnect/404',
  title: 'A container that does not exist cannot be disconnected: 404',
  op: 'NetworkDisconnect',
  given: { network: anEngineNetwork() },
  when: ({ network }) => ({ id: network.id, body: { Container: 'opencnm-no-such-container' } }),
  expect: { status: 404 },
  brokenBy: 'NetworkDisconnect/404#says-done',
});

export const othersStay = check({
  id: 'network-disconnect.others-stay',
  clause: 'engine.network-disconnect.others-stay',
  title: 'A container that leaves one network runs on and stays on the other',
  op: 'NetworkDisconnect',
  given: { ...two, container: aConnectedContainer({ home: 'home', to: 'network' }) },
  when: ({ network, container }) => ({ id: network.id, body: { Container: container.id } }),
  expect: { status: 200 },
  afterwards: ({ home, container }) => [
    seen(
      'ContainerInspect',
      { id: container.id },
      {
        status: 200,
        body: {
          State: { Running: true },
          NetworkSettings: { Networks: { [home.name]: { IPAddress: inSubnet(home.subnet.pool) } } },
        },
      },
    ),
  ],
  brokenBy: 'engine.network-disconnect.others-stay#leaves-all',
});

export const stopped = check({
  id: 'network-disconnect.stopped',
  clause: 'engine.network-disconnect.stopped',
  title: 'A container that does not run can leave a network',
  op: 'NetworkDisconnect',
  given: { ...two, container: aConnectedContainer({ home: 'home', to: 'network', isStopped: true }) },
  when: ({ network, container }) => ({ id: network.id, body: { Container: container.id } }),
  expect: { status: 200 },
  afterwards: ({ home, container }) => [
    seen(
      'ContainerInspect',
      { id: container.id },
      { status: 200, body: { NetworkSettings: { Networks: onlyOn(home.name) } } },
    ),
  ],
  brokenBy: 'engine.network-disconnect.stopped#nothing',
});

export const twice = check({
  id: 'network-disconnect.twice',
  clause: 'engine.network-disconnect.twice',
  title: 'A container that left already is refused',
  op: 'NetworkDisconnect',
  given: { network: anEngineNetwork(), container: aDisconnectedContainer({ from: 'network' }) },
  when: ({ network, container }) => ({ id: network.id, body: { Container: container.id } }),
  expect: { wire: { status: atLeast400 } },
  brokenBy: 'engine.network-disconnect.twice#silent',
});

export const unknownNetwork = check({
  id: 'network-disconnect.unknown-network',
  clause: 'NetworkDisconnect/404',
  title: 'A network that does not exist cannot be left: 404',
  op: 'NetworkDisconnect',
  given: { home: anEngineNetwork(), container: aRunningContainer({ on: 'home' }) },
  when: ({ container }) => ({ id: 'opencnm-no-such-network', body: { Container: container.id } }),
  expect: { status: 404 },
  brokenBy: 'NetworkDisconnect/404#unknown-network',
});
