import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from './content-security-policy';

const policy = contentSecurityPolicy({ nonce: 'abc123', development: false, uploadOrigins: ['https://bucket.example.com'] });

describe('the content security policy', () => {
  it('allows nothing that is not named', () => {
    expect(policy).toMatch(/^default-src 'none'/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("base-uri 'none'");
  });

  it('lets scripts and styles run by this answer’s nonce only', () => {
    expect(policy).toContain("script-src 'nonce-abc123' 'strict-dynamic'");
    expect(policy).toContain("style-src 'self' 'nonce-abc123'");
    expect(policy).not.toContain('unsafe');
  });

  it('lets the browser send uploads where the storage is', () => {
    expect(policy).toContain("connect-src 'self' https://bucket.example.com");
  });

  it('loosens for the development server alone', () => {
    expect(contentSecurityPolicy({ nonce: 'x', development: true, uploadOrigins: [] })).toContain("'unsafe-eval'");
  });
});
