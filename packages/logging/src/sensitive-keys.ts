/** What stands in the place of a redacted value. */
export const redacted = '[redacted]';

// Compared with keys in lower case without separators, so that api_key, apiKey and X-API-Key are the same.
const anywhere = [
  'password',
  'passwd',
  'passphrase',
  'passcode',
  'secret',
  'token',
  'authorization',
  'cookie',
  'apikey',
  'privatekey',
  'accesskey',
  'signingkey',
  'encryptionkey',
  'credential',
  'cardnumber',
  'creditcard',
  'debitcard',
  'securitycode',
  'iban',
  'accountnumber',
  'signature',
  'connectionstring',
  'backupcode',
  'recoverycode',
];
const exactly = new Set([
  'pass',
  'pwd',
  'auth',
  'jwt',
  'bearer',
  'card',
  'cards',
  'cardholder',
  'pan',
  'cvc',
  'cvv',
  'cvc2',
  'cvv2',
  'pin',
  'otp',
  'otpcode',
  'totp',
  'ssn',
  'sid',
  'session',
  'sessionid',
  'dsn',
  'sentrydsn',
  'databaseurl',
  'redisurl',
  'redisqueueurl',
  'rediscacheurl',
  'smtpurl',
  'xamzcredential',
  'headers',
  'rawheaders',
  'requestheaders',
  'body',
  'requestbody',
  'rawbody',
]);
// Figures about tokens (of a text, of a budget) that are no tokens.
const harmless = new Set(['tokens', 'tokencount', 'maxtokens', 'totaltokens', 'tokenizerversion', 'tokentype']);
/** Whether values under this key never reach a log. Ignores case and separators. */
export function isSensitiveKey(key: string): boolean {
  const bare = key.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  if (harmless.has(bare)) return false;
  if (exactly.has(bare)) return true;
  return anywhere.some((word) => bare.includes(word));
}
