/**
 * The one file that a fork edits to become another product: no other file says these words to a user.
 * The accent colours stand here too; the web app turns them into CSS variables.
 */
export const brand = {
  name: 'Plinth',
  tagline: 'Everything your team wrote down, found in one search.',
  description: 'A knowledge base for teams: drop in documents, find the passage.',
  /** Lower case, no spaces: names cookies, containers and local databases. */
  slug: 'plinth',
  supportEmail: 'support@plinth.example',
  legalName: 'Plinth Ltd.',
  accent: { light: '#1f6f64', dark: '#6fc2b4' },
} as const;
