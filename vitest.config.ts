import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['@opencnm/source'] },
  ssr: { resolve: { conditions: ['@opencnm/source'] } },
  test: {
    include: ['test/**/*.test.ts', '{spec,packages/*}/test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    fileParallelism: true,
    maxWorkers: 2,
  },
});
