import { brand } from '@repo/brand';

/** `system` follows the device. */
export const themes = ['light', 'dark', 'system'] as const;
export type Theme = (typeof themes)[number];

/** The cookie that remembers the choice, so that the server already answers in the right colours. */
export const themeCookie = `${brand.slug}-theme`;

/** Reads the cookie's value; anything unknown means `system`. */
export function parseTheme(value: string | undefined): Theme {
  return themes.find((theme) => theme === value) ?? 'system';
}
