export { mailSchema, type Mail, type MailInput, type MailTemplate } from './mail.js';
export { renderMail, type RenderedMail } from './render-mail.js';
export { createResendTransport, type ResendTransportOptions } from './transports/resend-transport.js';
export { createSmtpTransport, type SmtpTransportOptions } from './transports/smtp-transport.js';
export type { MailTransport, OutgoingMail } from './transports/transport.js';
