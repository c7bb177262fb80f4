import { expect, it } from 'vitest';
import { sessionCookieName } from './auth.js';
import { cookieValue } from './session-cookie.js';

it('finds a cookie by its whole name', () => {
  const header = 'xa=1; a=the=value; b = 2';
  expect(cookieValue(header, 'a')).toBe('the=value');
  expect(cookieValue(header, 'b')).toBe('2');
  expect(cookieValue(header, 'c')).toBeNull();
  expect(cookieValue('', 'a')).toBeNull();
});

it('over https the session is bound to the host', () => {
  expect(sessionCookieName('https://app.example')).toMatch(/^__Host-/);
  expect(sessionCookieName('http://127.0.0.1:3000')).not.toMatch(/^__/);
});
