import { expect, test } from 'vitest';
import { seeded } from '../src/seed.js';

test('the same seed gives the same values', () => {
  const draw = (seed: number) => {
    const { hex, mac, next } = seeded(seed);
    return [hex(64), mac(), next(), hex(7)];
  };
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
});

test('ids have the length asked for and MAC addresses are unicast and local', () => {
  const { hex, mac } = seeded(0);
  expect(hex(64)).toMatch(/^[0-9a-f]{64}$/);
  expect(hex(7)).toMatch(/^[0-9a-f]{7}$/);
  expect(mac()).toMatch(/^02:42(:[0-9a-f]{2}){4}$/);
});

test('ten thousand MAC addresses differ', () => {
  const { mac } = seeded(7);
  expect(new Set(Array.from({ length: 10_000 }, mac)).size).toBe(10_000);
});
