import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { STATE_WORDS, STATES } from '#domain/model/verdict.ts';
import { reportSchema } from '../model.ts';
import { sampleReport } from '../testing/sample.ts';
import { HOSTILE } from '../testing/sample-people.ts';
import { renderHtml } from './render.ts';

const SHA256 = 'c0ffee'.padEnd(64, '0');
const APPENDIX = { part: 'appendix', sha256: SHA256 } as const;

const report = sampleReport();
const page = renderHtml(report, APPENDIX);
const body = page.slice(page.indexOf('<body>'));
const all = (pattern: RegExp, text = body) => [...text.matchAll(pattern)].map((match) => match[1] ?? '');

describe('the HTML report', () => {
  it('is made from a report that the model accepts', () => {
    expect(() => reportSchema.parse(report)).not.toThrow();
  });

  it('gives the same bytes for the same report', () => {
    expect(renderHtml(sampleReport(), APPENDIX)).toBe(page);
  });

  it('stays under 600 kB', () => {
    expect(Buffer.byteLength(page)).toBeLessThan(600_000);
  });

  it('allows nothing but its own style and script', () => {
    const policy =
      /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1]?.replaceAll('&#39;', "'") ??
      '';
    const hash = (tag: string) => {
      const text = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(page)?.[1] ?? '';
      return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    };
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `style-src ${hash('style')}`,
      `script-src ${hash('script')}`,
      'img-src data:',
      'font-src data:',
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.indexOf('<style>'));
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(body).not.toMatch(/\s(?:on\w+|style)="/);
    expect(body).not.toMatch(/<(?:link|iframe|object|embed|base)\b/);
  });

  it('shows hostile names as text', () => {
    expect(body).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(body).not.toContain('<img src=x');
    expect(body).not.toContain('<b onmouseover');
    expect(body).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u0000\ufeff]/);
    expect(body).toContain('<bdi>Noor <span class="hid" title="Invisible character">U+202E</span>ztsiurq');
    expect(body).toContain(HOSTILE.unbroken);
    expect(body).toContain(HOSTILE.long);
  });

  it('cannot be broken by the client’s own name', () => {
    const hostile = sampleReport();
    hostile.client.name = '</style><script>alert(1)</script>"; } body { display:none } /* \u202e\n\\';
    const text = renderHtml(hostile, APPENDIX);
    expect(text.match(/<script/g)).toHaveLength(1);
    expect(text.match(/<\/style>/g)).toHaveLength(1);
    expect(text).not.toContain('body { display:none }"');
  });

  it('follows only web addresses', () => {
    const hostile = sampleReport();
    for (const fact of hostile.facts)
      fact.sources = [{ title: 'x', url: 'javascript:alert(1)', read: '2026-01-01' }];
    expect(renderHtml(hostile, APPENDIX)).not.toContain('href="javascript:');
  });

  it('has every section under headings in order', () => {
    expect(all(/<h2[^>]*>([^<]+)/g)).toEqual([
      'Current status',
      'Do next',
      'Changed since the report of ',
      'All controls',
      'People',
      'Decisions for the board',
      'Exceptions',
      'Risks, and what protects against them',
      'What each upgrade would buy',
      'Where the guide and the vendors differ',
      'Files read',
      'What was not read',
    ]);
    expect(body.match(/<h1/g)).toHaveLength(1);
  });

  it('lets every link arrive and repeats no id', () => {
    const ids = all(/\sid="([^"]+)"/g);
    expect(new Set(ids).size).toBe(ids.length);
    for (const target of new Set(all(/href="#([^"]+)"/g))) expect(ids).toContain(target);
  });

  it('opens, from each count, a list of that many', () => {
    for (const area of report.areas) {
      for (const state of STATES) {
        const anchor = `${state}-${area.area}`.replaceAll('_', '-');
        const n = area.counts[state];
        const link = new RegExp(`href="#${anchor}">(\\d+)<`).exec(body)?.[1];
        expect(link).toBe(n === 0 ? undefined : String(n));
        if (n === 0) continue;
        const from = body.indexOf(`id="${anchor}"`);
        const end = body.indexOf('</div><div class="area"', from);
        const close = body.indexOf('</section>', from);
        const list = body.slice(from, end === -1 || close < end ? close : end);
        expect(list.match(/<details class="control"/g)).toHaveLength(n);
      }
      const index = body.slice(body.indexOf(`id="area-${area.area.replaceAll('_', '-')}"`));
      expect(index.slice(0, index.indexOf('</section>')).match(/<li>/g)).toHaveLength(area.total);
    }
  });

  it('never shows a state without its word', () => {
    const groups = all(/<section class="state"[^>]*><h3[^>]*><svg[\s\S]*?<\/svg>([^<]+) </g);
    expect(groups).toEqual(STATES.filter((s) => report.counts[s] > 0).map((s) => STATE_WORDS[s]));
  });

  it('uses no code of the model as a word', () => {
    const text = body.replace(/<script>[\s\S]*/, '').replace(/<[^>]+>/g, ' ');
    expect(text).not.toMatch(
      /\b(?:cannot_read|policy_only|not_licensed|not_applicable|it_lead|in_force|null|undefined)\b/,
    );
    expect(text).not.toContain('[object');
  });

  it('says what is missing instead of leaving a hole', () => {
    const bare = sampleReport();
    bare.changes = null;
    bare.nextActions = [];
    bare.exceptions = [];
    bare.notRead = [];
    bare.summary.points = [];
    bare.people.ready = false;
    bare.people.why = 'The roster has not been provided.';
    bare.preparedBy = null;
    const text = renderHtml(bare, APPENDIX);
    for (const sentence of [
      'No earlier report was given to compare with.',
      'Nothing is open.',
      'No exceptions.',
      'Everything that a control asks for was read.',
      'The roster has not been provided.',
    ])
      expect(text).toContain(sentence);
    expect(text).not.toContain('Prepared by');
  });

  it('carries a logo inside', () => {
    const base64 = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>').toString(
      'base64',
    );
    expect(renderHtml(report, { ...APPENDIX, logo: { mime: 'image/svg+xml', base64 } })).toContain(
      `src="data:image/svg+xml;base64,${base64}"`,
    );
  });
});
