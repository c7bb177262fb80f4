import type { Mail } from './mail.js';
import type { MailContent } from './mail-content.js';
import { accountExists } from './templates/account-exists.js';
import { changeEmail } from './templates/change-email.js';
import { invitation } from './templates/invitation.js';
import { passwordChanged } from './templates/password-changed.js';
import { resetPassword } from './templates/reset-password.js';
import { verifyEmail } from './templates/verify-email.js';

/** The words of a mail. */
export function writeContent(mail: Mail, options: { appUrl: string }): MailContent {
  switch (mail.template) {
    case 'verify-email':
      return verifyEmail(mail);
    case 'reset-password':
      return resetPassword(mail);
    case 'invitation':
      return invitation(mail);
    case 'change-email':
      return changeEmail(mail);
    case 'account-exists':
      return accountExists(mail);
    case 'password-changed':
      return passwordChanged(mail, options);
  }
}
