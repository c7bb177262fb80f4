import { defineConfig } from 'vitest/config';

// Integration tests start a PostgreSQL and a Redis for each file: a busy machine needs longer than the default 10 s.
export default defineConfig({ test: { hookTimeout: 60_000, testTimeout: 20_000, maxWorkers: 2 } });
