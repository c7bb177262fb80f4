import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { findUrlWeakness, findWeakness } from './weak-secret.js';

const strength = { minLength: 32 };

describe('secrets that are refused in production', () => {
  it.each([
    'changeme',
    'CHANGE-ME',
    'secret',
    'Secret_Secret_Secret_Secret_Secret_',
    'changemechangemechangemechangeme',
    'please-change-me-in-production-0123456789',
    'your-secret-here-your-secret-here-xx',
    'this is an example value for the secret',
    'supersecretsupersecretsupersecret1',
    'password1234567890password1234567890',
    'insecure-development-key-0000000001',
    'test-test-test-test-test-test-test-test',
    'devdevdevdevdevdevdevdevdevdevdevdev',
  ])('well known: %s', (secret) => {
    expect(findWeakness(secret, strength)).toMatch(/well-known/);
  });

  it.each([
    'a'.repeat(64),
    '0'.repeat(32),
    'abab'.repeat(10),
    '0123456789abcdef'.repeat(4),
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab',
    '1212112211221122112211221122112211',
  ])('repeated characters: %s', (secret) => {
    expect(findWeakness(secret, strength)).toMatch(/repeated/);
  });

  it('short ones, with the length that is needed', () => {
    expect(findWeakness('kX9vQ2mL', strength)).toMatch(/at least 32/);
  });

  it('the example that the documentation publishes', () => {
    const example = 'kX9vQ2mLpT7wZ4rB8nC5yD1fG6hJ3sAe';
    expect(findWeakness(example, { ...strength, example })).toMatch(/published example/);
    expect(findWeakness(example, strength)).toBeUndefined();
  });
});

it('no random secret is ever refused, in any usual writing', () => {
  for (let round = 0; round < 2000; round += 1) {
    const bytes = randomBytes(32);
    for (const encoding of ['hex', 'base64', 'base64url'] as const) {
      expect(findWeakness(bytes.toString(encoding), strength)).toBeUndefined();
    }
  }
});

describe('passwords inside URLs', () => {
  const options = { minLength: 12, example: 'postgresql://app:published-pw-Zk81@127.0.0.1/app' };

  it.each(['postgres', 'changeme', 'short', 'aaaaaaaaaaaaaaaa', 'p%61ssword', 'published-pw-Zk81'])('%s is refused', (password) => {
    expect(findUrlWeakness(`postgresql://app:${password}@db.internal/app`, options)).toBeDefined();
  });

  it('a strong one passes, and so does a URL without any, whose network is the guard', () => {
    expect(findUrlWeakness(`postgresql://app:${randomBytes(18).toString('base64url')}@db.internal/app`, options)).toBeUndefined();
    expect(findUrlWeakness('redis://redis-queue:6379/0', options)).toBeUndefined();
  });
});
