import { AppError } from '@repo/errors';
import { expect, it } from 'vitest';
import { accountPath } from './account-path.js';

const appUrl = 'https://app.example.com';

it.each([
  ['/api/auth/sign-in/email', '/sign-in/email'],
  ['/api/auth/sign-in/email?x=/../y', '/sign-in/email'],
  ['/api/auth/reset-password/AbC123?callbackURL=%2F', '/reset-password/AbC123'],
  ['/api/auth/SIGN-IN/email', '/SIGN-IN/email'],
])('%s is read as it stands', (target, path) => {
  expect(accountPath(target, appUrl)).toBe(path);
});

it.each([
  '/api/auth/x/%2e%2e/sign-in/email',
  '/api/auth/x/%2E./sign-in/email',
  '/api/auth/x/../sign-in/email',
  '/api/auth/./sign-in/email',
  '/api/auth/x\\..\\sign-in\\email',
  '/api/auth//sign-in/email',
  '/api/auth/sign-in//email',
  '/api/auth/sign-in%2Femail',
  '/api/auth/sign-in%2femail',
  '/api/auth/sign-%69n/email',
  '/api/%61uth/sign-in/email',
  '/api/auth/sign-in/email/',
  '/api/auth/sign-in/email#x',
  '/api/auth/../auth/sign-in/email',
  '/api/auth',
  '//other.example.com/api/auth/sign-in/email',
  'http://other.example.com/api/auth/sign-in/email',
])('%s leads nowhere', (target) => {
  expect(() => accountPath(target, appUrl)).toThrow(new AppError('request.route_not_found'));
});
