import { expect, it } from 'vitest';
import { roleOf } from './role-of.js';

it('the strongest of several roles counts, and an unknown one gives no rights', () => {
  expect(roleOf('member,owner')).toBe('owner');
  expect(roleOf('admin, member')).toBe('admin');
  expect(roleOf('superuser')).toBe('member');
  expect(roleOf('')).toBe('member');
});
