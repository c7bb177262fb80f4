import { redacted } from './sensitive-keys.js';

/** Longer texts are cut: a log line is no place for documents. */
const maxTextLength = 8192;

// Names whose value is hidden when they stand in running text: password=…, "token": "…", api_key: …
const names = String.raw`(?:passw(?:or)?d|pwd|passphrase|passcode|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|signature|credential|cvc|cvv|otp)[\w.-]{0,40}`;
// A text in quotes, even when it was cut before its end, or all up to a separator.
const value = String.raw`"(?:[^"\\]|\\.)*(?:"|$)|'(?:[^'\\]|\\.)*(?:'|$)|[^\s,;&"')\]}]+`;

type Rule = [pattern: RegExp, replacement: string | ((match: string, ...groups: string[]) => string)];

// In this order: later rules see what earlier ones left. All of them take time that is linear or nearly so, because
// texts may come from strangers.
const rules: Rule[] = [
  // postgres://user:password@host → postgres://[redacted]@host, also when the password holds / or @ itself.
  [
    /\b([a-z][a-z0-9+.-]{0,20}:\/\/)([^\s"'<>`]*)@/gi,
    (match, scheme = '', login = '') => (hasHost(scheme) && isLogin(login) ? `${scheme}${redacted}@` : match),
  ],
  // Header lines, whole: cookies and credentials have inner separators.
  [/((?:^|[^\w-])(?:proxy-)?authorization["']?\s*[:=]\s*)[^\r\n]*/gi, `$1${redacted}`],
  [/((?:^|[^\w-])(?:set-)?cookie["']?\s*[:=]\s*)[^\r\n]*/gi, `$1${redacted}`],
  [/\b(bearer|basic)\s+[\w.~+/=-]{6,}/gi, `$1 ${redacted}`],
  [new RegExp(String.raw`(${names}["']?\s*[:=]\s*)(?:${value})`, 'gi'), `$1${redacted}`],
  [/([?&;](?:code|state|sig|key|auth|session|X-Amz-[\w-]+)=)[^\s&"'<>]+/gi, `$1${redacted}`],
  [/\beyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*)?/g, redacted],
  [
    /\b(?:sk|pk|rk)[_-](?:live|test|proj)?[_-]?[A-Za-z0-9]{16,}|\b(?:whsec|re|ghp|gho|xox[bap])[_-][\w-]{16,}|\bAKIA[A-Z0-9]{16}\b/g,
    redacted,
  ],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, redacted],
  [/(?<![\w.-])(?:\d[ -]?){12,18}\d(?![\w-])/g, (digits) => (isCardNumber(digits) ? redacted : digits)],
];

// Something that each rule needs. Most texts have none of it, and one look is cheaper than all the rules.
const suspicious =
  /:\/\/|[?&;]\w|authorization|cookie|bearer|basic|passw|pwd|passphrase|passcode|secret|token|key|signature|credential|cvc|cvv|otp|eyJ|\d(?:[ -]?\d){12}|[spr]k[_-]|whsec|re[_-]|gh[po][_-]|xox|AKIA/i;

/**
 * Hides what a free text gives away: logins in URLs, headers, `password=…`, bearer tokens, private keys, card
 * numbers. Cuts texts over 8192 characters.
 */
export function redactText(text: string): string {
  let result = text.length > maxTextLength ? `${text.slice(0, maxTextLength)}… (${text.length} characters)` : text;
  if (!suspicious.test(result)) return result;
  for (const [pattern, replacement] of rules) {
    result = typeof replacement === 'string' ? result.replace(pattern, replacement) : result.replace(pattern, replacement);
  }
  return result;
}

/** The paths in a stack are file: addresses; they hold at-signs (`node_modules/@scope/name@1.0.0`) and never a login. */
function hasHost(scheme: string): boolean {
  return scheme.toLowerCase() !== 'file://';
}

// 'user:password', 'key' or 'user:pass/word', but not 'host/path?mail=name' of an address that happens to hold an at-sign.
function isLogin(beforeAt: string): boolean {
  return beforeAt.includes(':') || beforeAt.includes('@') || !/[/?#]/.test(beforeAt);
}

/** Whether the digits of a text are a payment card: issuer, length and check digit agree. */
export function isCardNumber(text: string): boolean {
  const digits = text.replaceAll(/\D/g, '');
  const issuer = /^(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3[068]\d{12}|35\d{14}|6(?:011|4|5|2)\d{12,15})$/;
  return issuer.test(digits) && passesLuhn(digits);
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (const [index, character] of digits.split('').toReversed().entries()) {
    const doubled = Number(character) * (index % 2 === 1 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
