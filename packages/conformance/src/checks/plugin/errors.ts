import { check, rawCheck } from '../../check.js';
import { aNetwork } from '../../fixtures/a-network.js';
import { joinOfNothing } from '../../fixtures/an-endpoint.js';
import { halfJson } from '../../fixtures/raw-requests.js';
import { oneOf } from '../../patterns/matchers.js';
import { matching } from '../../patterns/matching.js';
import { heardByIpam, isOneDocument, withoutMember, withoutText } from '../../patterns/of-bodies.js';

export const networkErrorMember = check({
  id: 'transport.network-error-member',
  clause: 'plugin.transport.error-member-network',
  title: 'A network driver that fails with status 200 says so in Err',
  stage: 'last',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork() },
  when: ({ network }, draw) => joinOfNothing(network, draw),
  expect: { answers: withoutMember('Error'), mayClose: true },
  brokenBy: 'plugin.transport.error-member-network#error-member',
});

export const ipamErrorMember = check({
  id: 'transport.ipam-error-member',
  clause: 'plugin.transport.error-member-ipam',
  title: 'An IPAM driver that fails with status 200 says so in Error',
  op: 'IpamDriver.RequestAddress',
  given: {},
  when: (_, draw) => ({ PoolID: `opencnm-unknown-${draw.endpointId().slice(0, 8)}/24`, Address: '', Options: null }),
  expect: { wire: heardByIpam, mayClose: true },
  stage: 'last',
  brokenBy: 'plugin.transport.error-member-ipam#err-member',
});

export const errorText = check({
  id: 'transport.error-text',
  clause: 'plugin.transport.error-text',
  title: 'The error of an answer is text',
  stage: 'last',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork() },
  when: ({ network }, draw) => joinOfNothing(network, draw),
  expect: { answers: {}, mayClose: true },
  brokenBy: 'plugin.transport.error-text#error-number',
});

export const errorNotEmpty = rawCheck({
  id: 'transport.error-not-empty',
  clause: 'plugin.transport.error-not-empty',
  title: 'A failure has a message',
  stage: 'last',
  op: 'NetworkDriver.CreateNetwork',
  given: {},
  when: () => ({ body: halfJson }),
  expect: {
    answers: {},
    refusal: matching('a message', (text) => !/^(status \d+|\{.*"Err":"".*\})$/.test(String(text))),
    mayClose: true,
  },
  brokenBy: 'plugin.transport.error-not-empty#empty-error',
});

export const errorPortable = check({
  id: 'transport.error-portable',
  clause: 'plugin.transport.error-portable',
  title: 'A failure with another status than 200 is JSON with Err',
  stage: 'last',
  op: 'NetworkDriver.Join',
  given: { network: aNetwork() },
  when: ({ network }, draw) => joinOfNothing(network, draw),
  expect: {
    answers: {},
    refusal: matching('the text of Err, not a raw body', (text) => !/^\s*[<{[]/.test(String(text))),
    mayClose: true,
  },
  brokenBy: 'plugin.transport.error-portable#html',
});

export const oneDocumentFailing = rawCheck({
  id: 'transport.one-document-failing',
  clause: 'plugin.transport.one-document',
  title: 'A failure is one JSON document, or text, with nothing behind it',
  stage: 'last',
  op: 'NetworkDriver.CreateNetwork',
  given: {},
  when: () => ({ body: halfJson }),
  expect: {
    wire: {
      body: oneOf(
        isOneDocument,
        matching('text', (body) => !/^\s*[{[]/.test(String(body))),
      ),
    },
    mayClose: true,
  },
  brokenBy: 'plugin.transport.one-document#error-doubled',
});

export const noSecrets = check({
  id: 'transport.no-secrets',
  clause: 'plugin.transport.no-secrets',
  title: 'An error does not repeat the value of an option',
  stage: 'last',
  op: 'NetworkDriver.CreateNetwork',
  given: { network: aNetwork() },
  when: ({ network }) => ({
    ...network.request,
    Options: {
      ...network.request.Options,
      'com.docker.network.generic': {
        ...network.request.Options?.['com.docker.network.generic'],
        'opencnm.password': 'hunter2-secret',
      },
    },
  }),
  expect: { answers: {}, refusal: withoutText('hunter2-secret') },
  brokenBy: 'plugin.transport.no-secrets#echoes-options',
});
