import { expect, it } from 'vitest';
import { ApiError } from './api-error';
import { translateAccountError } from './translate-account-error';

const refusal = (code: string) => new ApiError({ status: 401, code, detail: 'raw words', requestId: '0193' });

it('says a known refusal in our words and keeps the request id', () => {
  expect(() => translateAccountError(refusal('INVALID_EMAIL_OR_PASSWORD'))).toThrow('The e-mail address or the password is not right.');
  expect(() => translateAccountError(refusal('TOKEN_EXPIRED'))).toThrow(
    expect.objectContaining({ status: 401, code: 'TOKEN_EXPIRED', requestId: '0193' }),
  );
});

it('leaves everything else as it is', () => {
  const unknown = refusal('request.rate_limited');
  expect(() => translateAccountError(unknown)).toThrow(unknown);
  const bug = new TypeError('x');
  expect(() => translateAccountError(bug)).toThrow(bug);
});
