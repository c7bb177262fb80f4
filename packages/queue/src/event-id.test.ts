import { expect, it } from 'vitest';
import { eventIdOf } from './event-id.js';

const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

it('keeps the id of an outbox event', () => {
  const id = '0199f3f0-0000-7000-8000-000000000001';
  expect(eventIdOf('numbers', id)).toBe(id);
});

it('gives a job of a schedule a UUID that is the same each time and another for another job or queue', () => {
  const id = eventIdOf('numbers', 'repeat:numbers:1700000000000');
  expect(id).toMatch(uuid);
  expect(eventIdOf('numbers', 'repeat:numbers:1700000000000')).toBe(id);
  expect(eventIdOf('numbers', 'repeat:numbers:1700000000001')).not.toBe(id);
  expect(eventIdOf('other', 'repeat:numbers:1700000000000')).not.toBe(id);
});
