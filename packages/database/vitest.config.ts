import { defineConfig } from 'vitest/config';

// Servers start and migrations run in these tests; on a busy machine that takes its time.
export default defineConfig({ test: { testTimeout: 30_000, hookTimeout: 120_000, expect: { poll: { timeout: 10_000 } } } });
