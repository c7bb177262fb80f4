import { expect, it } from 'vitest';
import { checkPassword } from './check-password.js';

const owner = { name: 'Leopold Bloom', email: 'henry.flower@eccles.example' };

it.each([
  'quartz-lantern-meadow',
  'Zwölf Boxkämpfer jagen',
  '正しい馬の電池ホチキスです',
  'bloom where you are planted',
  'x'.repeat(4) + 'q7!kd93mnb',
])('takes %s', (password) => {
  expect(checkPassword(password, owner)).toBeNull();
});

it.each([
  ['elevenchars', 'PASSWORD_TOO_SHORT'],
  ['a1-'.repeat(43), 'PASSWORD_TOO_LONG'],
  ['Password1234', 'PASSWORD_TOO_COMMON'],
  ['P.a.s.s.w.o.r.d!!!', 'PASSWORD_TOO_COMMON'],
  ['qwertyuiop12345', 'PASSWORD_TOO_COMMON'],
  ['123456789012', 'PASSWORD_TOO_COMMON'],
  ['correct horse battery staple', 'PASSWORD_TOO_COMMON'],
  ['abababababab', 'PASSWORD_TOO_COMMON'],
  ['aaaaaaaaaaaaaaaa', 'PASSWORD_TOO_COMMON'],
  ['            ', 'PASSWORD_TOO_COMMON'],
  ['leopold-bloom', 'PASSWORD_TOO_PERSONAL'],
  ['henry.flower1904', 'PASSWORD_TOO_PERSONAL'],
  ['henry.flower@eccles.example', 'PASSWORD_TOO_PERSONAL'],
])('refuses %s: %s', (password, code) => {
  expect(checkPassword(password, owner)?.code).toBe(code);
});
