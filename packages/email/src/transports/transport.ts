export interface OutgoingMail {
  to: string;
  subject: string;
  html: string;
  text: string;
  /** The same key twice is the same mail: the provider sends it once, where it can. */
  idempotencyKey: string;
}

/** A way for mail to leave. */
export interface MailTransport {
  /** Resolves when the mail was taken over. Throws `email.unavailable` (try again) or `email.rejected` (never will). */
  send(mail: OutgoingMail): Promise<void>;
  close(): Promise<void>;
}
