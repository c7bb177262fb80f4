import { commonPasswords } from './common-passwords.js';

/** Characters. */
export const minPasswordLength = 12;
export const maxPasswordLength = 128;

export interface PasswordFault {
  code: 'PASSWORD_TOO_COMMON' | 'PASSWORD_TOO_PERSONAL' | 'PASSWORD_TOO_SHORT' | 'PASSWORD_TOO_LONG';
  message: string;
}

/**
 * What is wrong with a new password, or null. Length is what counts (no rules about digits and symbols), but a
 * password that attackers try first, or that is the owner's own name or address, is refused.
 */
export function checkPassword(password: string, owner: { name?: string | undefined; email?: string | undefined }): PasswordFault | null {
  if (password.length < minPasswordLength) {
    return { code: 'PASSWORD_TOO_SHORT', message: `A password has at least ${minPasswordLength} characters.` };
  }
  if (password.length > maxPasswordLength) {
    return { code: 'PASSWORD_TOO_LONG', message: `A password has at most ${maxPasswordLength} characters.` };
  }
  const bare = reduce(password);
  if (bare.length < 4 || commonPasswords.has(bare) || isRepetition(bare)) {
    return { code: 'PASSWORD_TOO_COMMON', message: 'This password is one of the first that attackers try. Choose another.' };
  }
  if (personalWords(owner).some((word) => isMostly(bare, word))) {
    return { code: 'PASSWORD_TOO_PERSONAL', message: 'This password is made of your name or mail address. Choose another.' };
  }
  return null;
}

/** Lower case without spaces, punctuation and trailing digits: "Password123!!" and "password" are the same guess. */
function reduce(password: string): string {
  return password
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\p{P}\p{S}]/gu, '')
    .replace(/(?<=\D)\d+$/u, '');
}

/** "abcabcabcabc", "aaaaaaaaaaaa". */
function isRepetition(text: string): boolean {
  return /^(.{1,4})\1{2,}.{0,3}$/u.test(text);
}

function personalWords({ name, email }: { name?: string | undefined; email?: string | undefined }): string[] {
  const [local = '', domain = ''] = (email ?? '').split('@');
  const words = [name ?? '', local, email ?? '', domain.split('.')[0] ?? '', ...(name ?? '').split(/\s+/)];
  return words.map(reduce).filter((word) => word.length >= 4);
}

/** True when little is left of the password without the word. */
function isMostly(password: string, word: string): boolean {
  return password.includes(word) && password.replaceAll(word, '').length < 6;
}
