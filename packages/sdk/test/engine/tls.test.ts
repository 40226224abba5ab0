import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { connectEngine } from '../../src/engine/index.js';
import { aFolder } from '../fixtures/a-folder.js';

let folder = '';

/** Makes an authority, a certificate of the engine for 127.0.0.1, and one of the client, with openssl. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'opencnm-tls-'));
  const openssl = (...args: readonly string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...key,
    '-keyout',
    'ca-key.pem',
    '-out',
    'ca.pem',
    '-subj',
    '/CN=test authority',
    '-days',
    '2',
  );
  for (const [name, extension] of [
    ['server', 'subjectAltName=IP:127.0.0.1'],
    ['client', 'extendedKeyUsage=clientAuth'],
  ] as const) {
    const [keyFile, certFile] = name === 'client' ? ['key.pem', 'cert.pem'] : ['server-key.pem', 'server.pem'];
    writeFileSync(join(folder, 'extensions'), extension);
    openssl('req', '-new', ...key, '-keyout', keyFile, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
    openssl(
      ...['x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca-key.pem', '-CAcreateserial'],
      ...['-days', '2', '-extfile', 'extensions', '-out', certFile],
    );
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An engine that wants a certificate of its clients. */
async function secureEngine(): Promise<string> {
  const read = (name: string) => readFileSync(join(folder, name));
  const server = createServer(
    { key: read('server-key.pem'), cert: read('server.pem'), ca: read('ca.pem'), requestCert: true },
    (_, response) => response.writeHead(200, { 'Api-Version': '1.41' }).end('[]'),
  );
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it.each(['tcp', 'https'])(
  '%s with DOCKER_TLS_VERIFY and DOCKER_CERT_PATH reaches an engine that asks for a certificate',
  async (scheme) => {
    const env = {
      DOCKER_HOST: `${scheme}://${await secureEngine()}`,
      DOCKER_TLS_VERIFY: '1',
      DOCKER_CERT_PATH: folder,
    };
    const engine = await connectEngine({ env });
    onTestFinished(engine.close);
    expect(await engine.networks.list()).toEqual([]);
  },
);

it('an engine whose certificate the authority did not sign is refused', async () => {
  const host = `https://${await secureEngine()}`;
  await expect(connectEngine({ host, env: {} })).rejects.toMatchObject({
    code: 'transport',
    message: expect.stringMatching(/self-signed|unable to (get|verify)/),
  });
});

it('a client without a certificate is an error, not a hang', async () => {
  const own = aFolder();
  writeFileSync(join(own, 'ca.pem'), readFileSync(join(folder, 'ca.pem')));
  const env = { DOCKER_HOST: `tcp://${await secureEngine()}`, DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: own };
  await expect(connectEngine({ env })).rejects.toMatchObject({ code: 'transport' });
});

it.each([
  ['that are no PEM', () => 'rubbish', 'PEM'],
  [
    'that do not belong together',
    (name: string) => readFileSync(join(folder, name.replace('key', 'ca-key'))),
    'key values mismatch',
  ],
])('keys and certificates %s are one clear error before anything is sent', async (_, content, reason) => {
  const own = aFolder();
  for (const name of ['ca.pem', 'cert.pem', 'key.pem']) writeFileSync(join(own, name), content(name));
  const env = { DOCKER_HOST: 'tcp://127.0.0.1:1', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: own };
  await expect(connectEngine({ env })).rejects.toMatchObject({
    code: 'invalid-input',
    message: expect.stringMatching(
      new RegExp(`^the keys and certificates for tcp://127\\.0\\.0\\.1:1 cannot be used: [^\\n]*${reason}`),
    ),
  });
});

it('DOCKER_TLS alone does not look at the certificate of the engine', async () => {
  const env = { DOCKER_HOST: `tcp://${await secureEngine()}`, DOCKER_TLS: '1', DOCKER_CERT_PATH: folder };
  const engine = await connectEngine({ env });
  onTestFinished(engine.close);
  expect(engine.apiVersion).toBe('1.41');
});

it('a plain client at a TLS port is one clear error', async () => {
  await expect(connectEngine({ host: `tcp://${await secureEngine()}`, env: {} })).rejects.toMatchObject({
    code: 'transport',
  });
});
