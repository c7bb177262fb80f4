import { describe, expect, it } from 'vitest';
import { principalFor } from './authorize.js';
import type { Caller } from './principal.js';

const person = (role: 'owner' | 'admin' | 'member' | null): Caller => ({
  kind: 'user',
  userId: 'u',
  sessionId: 's',
  organization: role && { id: 'o', key: 1, role },
});
const apiKey: Caller = { kind: 'api-key', apiKeyId: 'k', userId: 'u', organizationId: 'o', organizationKey: 1, role: 'member' };
const outcome = (access: 'public' | 'signed-in' | 'member' | 'admin' | 'owner', caller: Caller | null, apiKeys = true) => {
  try {
    principalFor({ access, apiKeys }, caller);
    return 'ok';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('who may use a route', () => {
  it.each([
    ['public', null, 'ok'],
    ['signed-in', null, 'auth.unauthenticated'],
    ['signed-in', person(null), 'ok'],
    ['signed-in', apiKey, 'auth.api_key_not_accepted'],
    ['member', person(null), 'auth.no_organization'],
    ['member', person('member'), 'ok'],
    ['member', apiKey, 'ok'],
    ['admin', person('member'), 'auth.role_required'],
    ['admin', person('admin'), 'ok'],
    ['admin', person('owner'), 'ok'],
    ['admin', apiKey, 'auth.role_required'],
    ['owner', person('admin'), 'auth.role_required'],
    ['owner', person('owner'), 'ok'],
  ] as const)('%s, asked by %o: %s', (access, caller, expected) => {
    expect(outcome(access, caller)).toBe(expected);
  });

  it('a key is refused where the route does not take keys, whatever the role', () => {
    expect(outcome('member', apiKey, false)).toBe('auth.api_key_not_accepted');
  });
});
