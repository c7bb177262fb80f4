import type { MetadataRoute } from 'next';

/** The pages for everybody may be indexed; the rest belongs to those who are signed in. */
export default function robots(): MetadataRoute.Robots {
  return { rules: { userAgent: '*', allow: ['/$', '/sign-in', '/sign-up', '/status'], disallow: '/' } };
}
