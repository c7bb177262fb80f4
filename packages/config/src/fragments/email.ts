import { defineEnv } from '../env-fragment.js';
import { variable } from '../variable.js';

/** How mail leaves. */
export const emailEnv = defineEnv('E-mail', {
  EMAIL_TRANSPORT: variable.choice(['smtp', 'resend'], { description: 'An SMTP server, or the Resend API.', default: 'smtp' }),
  SMTP_URL: variable.url({
    description: 'The SMTP server with its login.',
    secret: true,
    protocols: ['smtp', 'smtps'],
    requiredWhen: { variable: 'EMAIL_TRANSPORT', is: 'smtp' },
    example: 'smtp://127.0.0.1:1025',
  }),
  RESEND_API_KEY: variable.text({
    description: 'The key of a Resend account.',
    secret: true,
    requiredWhen: { variable: 'EMAIL_TRANSPORT', is: 'resend' },
  }),
  EMAIL_FROM: variable.text({ description: 'The sender of every mail.', example: 'Your team <hello@example.com>' }),
});
