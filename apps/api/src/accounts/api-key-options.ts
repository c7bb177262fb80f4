import type { ApiKeyConfigurationOptions } from '@better-auth/api-key';
import { brand } from '@repo/brand';

/** The first characters that are kept readable: the prefix and four more, to tell keys apart. */
const shownCharacters = brand.slug.length + 5;

/** A key belongs to an organization and is stored as a hash. Limits and use are counted by our own limiter. */
export const apiKeyOptions = {
  references: 'organization',
  defaultPrefix: `${brand.slug}_`,
  defaultKeyLength: 48,
  requireName: true,
  maximumNameLength: 60,
  enableMetadata: true,
  startingCharactersConfig: { shouldStore: true, charactersLength: shownCharacters },
  keyExpiration: { defaultExpiresIn: null, minExpiresIn: 1, maxExpiresIn: 365 },
  rateLimit: { enabled: false },
} satisfies ApiKeyConfigurationOptions;
