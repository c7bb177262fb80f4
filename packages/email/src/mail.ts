import { z } from 'zod';

const address = z.email().max(254);
const webAddress = z.url({ protocol: /^https?$/ }).max(2000);
/** A name that somebody chose: shown, never trusted. */
const name = z.string().max(200);
const moment = z.iso.datetime({ offset: true });

/** Every mail that is sent, by template. Plain data, so that it can wait in a queue. */
export const mailSchema = z.discriminatedUnion('template', [
  z.object({ template: z.literal('verify-email'), to: address, name: name.optional(), url: webAddress }),
  z.object({
    template: z.literal('reset-password'),
    to: address,
    name: name.optional(),
    url: webAddress,
    expiresInMinutes: z.number().int().positive().default(60),
  }),
  z.object({
    template: z.literal('invitation'),
    to: address,
    inviterName: name,
    organizationName: name,
    url: webAddress,
    expiresAt: moment.optional(),
  }),
  z.object({ template: z.literal('change-email'), to: address, name: name.optional(), newEmail: address, url: webAddress }),
  z.object({ template: z.literal('account-exists'), to: address, name: name.optional(), signInUrl: webAddress, resetUrl: webAddress }),
  z.object({
    template: z.literal('password-changed'),
    to: address,
    name: name.optional(),
    changedAt: moment,
    /** Network address of the request, when known. */
    ipAddress: z.string().max(64).optional(),
  }),
]);

export type Mail = z.infer<typeof mailSchema>;
/** A mail as a caller writes it: fields with a default may be left out. */
export type MailInput = z.input<typeof mailSchema>;
export type MailTemplate = Mail['template'];
export type MailOf<T extends MailTemplate> = Extract<Mail, { template: T }>;
