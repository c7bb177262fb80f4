import { ApiError } from './api-error';

/** better-auth's codes, in our words. What is missing here keeps the sentence that the API sent. */
const sentences: Record<string, string> = {
  INVALID_EMAIL_OR_PASSWORD: 'The e-mail address or the password is not right.',
  INVALID_PASSWORD: 'The current password is not right.',
  INVALID_EMAIL: 'This is not an e-mail address.',
  EMAIL_NOT_VERIFIED: 'Confirm your e-mail address first: follow the link in the mail that we sent you.',
  EMAIL_ALREADY_VERIFIED: 'This address is confirmed already.',
  PASSWORD_TOO_SHORT: 'Choose a longer password: at least 12 characters.',
  PASSWORD_TOO_LONG: 'Choose a shorter password: at most 128 characters.',
  USER_ALREADY_EXISTS: 'There is an account with this address already. Sign in instead.',
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: 'There is an account with this address already. Sign in instead.',
  INVALID_TOKEN: 'This link was used already or has expired. Ask for a new one.',
  TOKEN_EXPIRED: 'This link has expired. Ask for a new one.',
  SESSION_EXPIRED: 'Your session has ended. Sign in again.',
  SESSION_NOT_FRESH: 'Sign in again to change this.',
  ORGANIZATION_ALREADY_EXISTS: 'This short name is taken. Choose another.',
  ORGANIZATION_SLUG_ALREADY_TAKEN: 'This short name is taken. Choose another.',
  USER_IS_ALREADY_INVITED_TO_THIS_ORGANIZATION: 'This person has an open invitation already. Send it again from the list.',
  USER_IS_ALREADY_A_MEMBER_OF_THIS_ORGANIZATION: 'This person is a member already.',
  INVITATION_NOT_FOUND: 'This invitation was cancelled, used or has expired. Ask for a new one.',
  YOU_ARE_NOT_THE_RECIPIENT_OF_THE_INVITATION: 'This invitation was sent to another address. Sign in with that one.',
  YOU_CANNOT_LEAVE_THE_ORGANIZATION_AS_THE_ONLY_OWNER: 'You are the only owner. Make someone else an owner first.',
  YOU_CANNOT_LEAVE_THE_ORGANIZATION_WITHOUT_AN_OWNER: 'You are the only owner. Make someone else an owner first.',
  EMAIL_VERIFICATION_REQUIRED_BEFORE_ACCEPTING_OR_REJECTING_INVITATION:
    'Confirm your e-mail address first: follow the link in the mail that we sent you.',
};

/** Rethrows an `ApiError` of the account endpoints with a sentence for the reader. */
export function translateAccountError(thrown: unknown): never {
  const sentence = thrown instanceof ApiError ? sentences[thrown.code] : undefined;
  if (thrown instanceof ApiError && sentence !== undefined) throw new ApiError({ ...copyOf(thrown), detail: sentence });
  throw thrown;
}

function copyOf({ status, code, requestId, issues, retryAfterSeconds, cause }: ApiError) {
  return { status, code, requestId, issues, retryAfterSeconds, cause };
}
