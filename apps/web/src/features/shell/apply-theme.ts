import { type Theme, themeCookie } from '@/platform/theme';

const yearSeconds = 365 * 24 * 60 * 60;

/** Changes the colours at once and remembers them for the next answer of the server. Browser only. */
export function applyTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  const secure = window.location.protocol === 'https:' ? '; Secure' : '';
  // The Cookie Store API is missing on plain http, where a self-hosted copy may run.
  // eslint-disable-next-line unicorn/no-document-cookie
  document.cookie = `${themeCookie}=${theme}; Path=/; Max-Age=${yearSeconds}; SameSite=Lax${secure}`;
}
