import { describe, expect, it } from 'vitest';
import { accountKey, addressKey } from './index.js';

describe('addressKey', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    [' 203.0.113.7 ', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::FFFF:cb00:7107', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['64:ff9b::203.0.113.7', '64:ff9b:0:0::/64'],
  ])('%s → %s', (address, key) => {
    expect(addressKey(address)).toBe(key);
  });

  it.each(['', 'unknown', '203.0.113', '203.0.113.7:80', 'x\r\ny', 'a'.repeat(10_000)])(
    'what is no address shares one key (%#)',
    (address) => {
      expect(addressKey(address)).toBe('unknown');
    },
  );

  it('all 2^64 addresses of one network count together, those of the next do not', () => {
    expect(addressKey('2001:db8:1:2::1')).toBe(addressKey('2001:db8:1:2:dead:beef:0:1'));
    expect(addressKey('2001:db8:1:3::1')).not.toBe(addressKey('2001:db8:1:2::1'));
  });
});

describe('accountKey', () => {
  it('is the same however the address is typed, and does not hold it', () => {
    const key = accountKey('ada@example.com');
    expect(accountKey('  Ada@EXAMPLE.com ')).toBe(key);
    expect(accountKey('ａda@example.com')).toBe(key);
    expect(key).not.toContain('ada');
    expect(accountKey('adb@example.com')).not.toBe(key);
  });
});
