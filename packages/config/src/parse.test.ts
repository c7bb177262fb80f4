import { describe, expect, it } from 'vitest';
import {
  formatDuration,
  formatSize,
  parseBoolean,
  parseDuration,
  parseInteger,
  parseList,
  parseNumber,
  parseSize,
  parseUrl,
} from './parse.js';

describe('durations', () => {
  it.each([
    ['250ms', 250],
    ['5s', 5000],
    ['15m', 900_000],
    ['1.5h', 5_400_000],
    ['30d', 2_592_000_000],
    ['0', 0],
    [' 10 S ', 10_000],
  ])('%j is %i ms', (text, ms) => {
    expect(parseDuration(text)).toEqual({ value: ms });
  });

  it.each(['5', '5 parsecs', '-5s', 's', '1e3s', '', '5s5s', '٥s'])('%j is refused', (text) => {
    expect(parseDuration(text)).toHaveProperty('fault');
  });

  it('names the bound that was passed in the unit of a person', () => {
    expect(parseDuration('2m', { max: '1m' })).toEqual({ fault: 'must be at most 1m' });
    expect(parseDuration('5ms', { min: '100ms' })).toEqual({ fault: 'must be at least 100ms' });
  });

  it.each([
    [900_000, '15m'],
    [90_000, '90s'],
    [1, '1ms'],
    [0, '0ms'],
    [86_400_000, '1d'],
  ])('%i ms is written %s and read back as the same', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
    expect(parseDuration(text)).toEqual({ value: ms });
  });
});

describe('sizes', () => {
  it.each([
    ['512B', 512],
    ['10KB', 10_240],
    ['25MB', 26_214_400],
    ['0.5gb', 536_870_912],
    ['0', 0],
  ])('%j is %i bytes', (text, bytes) => {
    expect(parseSize(text)).toEqual({ value: bytes });
  });

  it.each(['25', '25 megabytes', '-1MB', 'MB'])('%j is refused', (text) => {
    expect(parseSize(text)).toHaveProperty('fault');
  });

  it('26214400 bytes are written 25MB', () => {
    expect(formatSize(26_214_400)).toBe('25MB');
  });
});

describe('numbers', () => {
  it.each(['1.5', '0x10', '1e3', '', ' ', '9'.repeat(20), 'NaN', 'Infinity'])('%j is no whole number', (text) => {
    expect(parseInteger(text, {})).toHaveProperty('fault');
  });

  it('bounds are inclusive', () => {
    expect(parseInteger('0', { min: 0, max: 65_535 })).toEqual({ value: 0 });
    expect(parseInteger('65536', { min: 0, max: 65_535 })).toEqual({ fault: 'must be at most 65535' });
    expect(parseNumber('1.01', { min: 0, max: 1 })).toEqual({ fault: 'must be at most 1' });
    expect(parseNumber('.25', { min: 0, max: 1 })).toEqual({ value: 0.25 });
  });
});

describe('booleans', () => {
  it.each([
    ['true', true],
    ['YES', true],
    ['1', true],
    ['off', false],
    ['0', false],
  ])('%j is %s', (text, value) => {
    expect(parseBoolean(text)).toEqual({ value });
  });

  it('what merely looks true is refused instead of being taken for true', () => {
    expect(parseBoolean('ja')).toHaveProperty('fault');
    expect(parseBoolean('2')).toHaveProperty('fault');
  });
});

describe('URLs', () => {
  it('an origin loses its trailing slash, so that paths can be put behind it', () => {
    expect(parseUrl('https://app.test/', { origin: true })).toEqual({ value: 'https://app.test' });
  });

  it.each(['https://app.test/path', 'https://app.test/?a=1', 'https://u:p@app.test'])('%s is no origin', (text) => {
    expect(parseUrl(text, { origin: true })).toHaveProperty('fault');
  });

  it('another protocol and no URL at all are refused without quoting the text', () => {
    const secret = 'mysql://user:hunter2hunter2@db';
    expect(JSON.stringify(parseUrl(secret, { protocols: ['postgresql'] }))).not.toContain('hunter2');
    expect(parseUrl('localhost:5432', { protocols: ['postgresql'] })).toHaveProperty('fault');
  });
});

it('a list leaves out blanks', () => {
  expect(parseList(' a, ,b ,')).toEqual({ value: ['a', 'b'] });
});
