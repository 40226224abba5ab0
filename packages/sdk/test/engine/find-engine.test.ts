import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findEngine } from '../../src/engine/find-engine.js';
import { aFolder } from '../fixtures/a-folder.js';

it.each([
  [undefined, 'unix:///var/run/docker.sock', ''],
  ['', 'unix:///var/run/docker.sock', ''],
  ['unix://', 'unix:///var/run/docker.sock', ''],
  ['unix:///run/user/1000/podman/podman.sock', 'unix:///run/user/1000/podman/podman.sock', ''],
  [' unix:///a.sock ', 'unix:///a.sock', ''],
  ['tcp://10.0.0.1:2375', 'tcp://10.0.0.1:2375', ''],
  ['tcp://10.0.0.1', 'tcp://10.0.0.1:2375', ''],
  ['tcp://:5000', 'tcp://localhost:5000', ''],
  ['tcp://', 'tcp://localhost:2375', ''],
  ['tcp://[::1]:2375', 'tcp://[::1]:2375', ''],
  ['tcp://[::1]', 'tcp://[::1]:2375', ''],
  ['tcp://host:2375/engine/', 'tcp://host:2375', '/engine'],
  ['build.example:2375', 'tcp://build.example:2375', ''],
  [':2375', 'tcp://localhost:2375', ''],
  ['http://host:8080', 'http://host:8080', ''],
  ['https://host', 'https://host', ''],
  ['https://host/a/b', 'https://host', '/a/b'],
])('DOCKER_HOST=%s is %s', (DOCKER_HOST, address, prefix) => {
  expect(findEngine(undefined, undefined, { DOCKER_HOST })).toEqual({ address, prefix });
});

it('the host given wins over DOCKER_HOST', () => {
  const env = { DOCKER_HOST: 'tcp://other:1' };
  expect(findEngine('unix:///a.sock', undefined, env).address).toBe('unix:///a.sock');
});

it.each([
  'fd://',
  'npipe:////./pipe/docker_engine',
  'unix://docker.sock',
  'unix:/docker.sock',
  '/var/run/docker.sock',
  'ftp://host',
  'tcp://user:secret@host:2375',
  'tcp://host:port',
  'tcp://host:99999',
  'tcp://a b:1',
  'http://',
  'tcp://host?x=1',
])('%s is refused in one clear line', (host) => {
  expect(() => findEngine(host, undefined, {})).toThrow(
    expect.objectContaining({
      code: 'invalid-input',
      message: `"${host}" is not an engine's address: give unix:///path, tcp://host:port or https://host:port`,
    }),
  );
});

it('ssh:// is refused with what to do instead', () => {
  const wanted = {
    code: 'invalid-input',
    message: expect.stringMatching(/^"ssh:\/\/user@host" is not spoken: let ssh -L /),
  };
  expect(() => findEngine(undefined, undefined, { DOCKER_HOST: 'ssh://user@host' })).toThrow(
    expect.objectContaining(wanted),
  );
});

/** A folder with the files named, each holding its own name. */
function certificates(...names: readonly string[]): string {
  const folder = aFolder();
  for (const name of names) writeFileSync(join(folder, name), name);
  return folder;
}

const host = 'tcp://h';

it('DOCKER_TLS_VERIFY reads ca.pem, cert.pem and key.pem of DOCKER_CERT_PATH, and the port is 2376', () => {
  const DOCKER_CERT_PATH = certificates('ca.pem', 'cert.pem', 'key.pem');
  expect(findEngine(host, undefined, { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH })).toEqual({
    address: 'tcp://h:2376',
    prefix: '',
    tls: { ca: 'ca.pem', cert: 'cert.pem', key: 'key.pem', rejectUnauthorized: true },
  });
});

it('a certificate of the client may be missing, but not half of it, and not the authority', () => {
  const find = (...names: readonly string[]) =>
    findEngine(host, undefined, { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: certificates(...names) });
  expect(find('ca.pem').tls).toEqual({ ca: 'ca.pem', rejectUnauthorized: true });
  expect(() => find('ca.pem', 'cert.pem')).toThrow('must hold both cert.pem and key.pem, or neither');
  expect(() => find('cert.pem', 'key.pem')).toThrow('has no ca.pem, which DOCKER_TLS_VERIFY needs');
});

it('without DOCKER_CERT_PATH the certificates are those of DOCKER_CONFIG, else of .docker in the home folder', () => {
  const DOCKER_CONFIG = certificates('ca.pem');
  const HOME = aFolder();
  mkdirSync(join(HOME, '.docker'));
  writeFileSync(join(HOME, '.docker', 'ca.pem'), 'at home');
  const caOf = (env: Readonly<Record<string, string>>) =>
    findEngine(host, undefined, { DOCKER_TLS_VERIFY: '1', HOME, ...env }).tls?.ca;
  expect([caOf({ DOCKER_CONFIG }), caOf({})]).toEqual(['ca.pem', 'at home']);
});

it('DOCKER_TLS alone encrypts without looking at the certificate of the engine', () => {
  const env = { DOCKER_TLS: '1', DOCKER_CERT_PATH: certificates('cert.pem', 'key.pem') };
  expect(findEngine(host, undefined, env).tls).toEqual({ cert: 'cert.pem', key: 'key.pem', rejectUnauthorized: false });
});

it('a socket needs no TLS, and the certificates are not even read', () => {
  const env = { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/missing' };
  expect(findEngine('unix:///a.sock', undefined, env)).toEqual({ address: 'unix:///a.sock', prefix: '' });
});

it('http:// together with TLS is refused: nothing goes out in clear text by mistake', () => {
  expect(() => findEngine('http://h', undefined, { DOCKER_TLS_VERIFY: '1' })).toThrow('is not encrypted');
  expect(() => findEngine('http://h', { ca: 'x' }, {})).toThrow('is not encrypted');
});

it('the TLS options given win over the environment', () => {
  const env = { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/missing' };
  expect(findEngine('tcp://h', { ca: 'mine' }, env).tls).toEqual({ ca: 'mine' });
});
