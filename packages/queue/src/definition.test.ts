import { expect, it } from 'vitest';
import { numbers } from './fixtures/jobs.js';
import { defineQueue } from './definition.js';

it.each(['Numbers', 'a:b', '1st', 'a_b', ''])('refuses %j as a name: it could not stand in a key or a label', (name) => {
  expect(() => defineQueue({ ...numbers, name })).toThrow('is not a queue name');
});

it.each([{ attempts: 0 }, { concurrency: 0 }, { timeoutMs: 0 }])('refuses %j', (wrong) => {
  expect(() => defineQueue({ ...numbers, ...wrong })).toThrow('needs at least one attempt');
});
