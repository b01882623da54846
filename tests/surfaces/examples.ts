import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { operations } from '#app/operations.ts';
import type { Operation } from '#features/operation.ts';
import type { TestAnswer } from '#server/testing/console.ts';
import { ask } from '../../src/features/access/testing/ask.ts';
import { inputFor, nameOf } from '../../src/features/access/testing/input.ts';
import { type Filled, OWN } from './filled.ts';
import { OPENED } from './outside.ts';

/** The OpenAPI document describes what the server accepts and returns, with examples. */
const mediaSchema = z.object({ schema: z.unknown().optional(), example: z.unknown().optional() });
const contentSchema = z.record(z.string(), mediaSchema);
const entrySchema = z.object({
  operationId: z.string(),
  parameters: z
    .array(
      z.union([
        z.object({
          name: z.string(),
          required: z.boolean().default(false),
          schema: z.unknown().optional(),
          example: z.unknown().optional(),
        }),
        z.object({ $ref: z.string() }),
      ]),
    )
    .default([]),
  requestBody: z.object({ content: contentSchema }).optional(),
  responses: z.record(
    z.string(),
    z.union([z.object({ $ref: z.string() }), z.object({ content: contentSchema.optional() })]),
  ),
});
const documentSchema = z.object({
  paths: z.record(z.string(), z.record(z.string(), entrySchema)),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});
type Media = z.infer<typeof mediaSchema>;

let document: z.infer<typeof documentSchema>;
let validator: Ajv2020;
/** Validators by the text of their schema, since operations share many schemas. */
const compiled = new Map<string, ValidateFunction>();
/** Errors of a value against a schema of the document. */
function misfits(schema: unknown, value: unknown): readonly string[] {
  const text = JSON.stringify(schema).replaceAll('"#/components/', '"bylaw#/components/');
  const fits = compiled.get(text) ?? validator.compile(JSON.parse(text));
  compiled.set(text, fits);
  return fits(value)
    ? []
    : (fits.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function entryOf(operation: Operation) {
  const entry = document.paths[operation.route]?.[operation.method.toLowerCase()];
  if (entry === undefined) throw new Error(`${nameOf(operation)} does not stand in the document`);
  return entry;
}

/** Documented success responses of an operation, by media type. */
function successOf(operation: Operation): readonly (readonly [string, Media])[] {
  const { responses } = entryOf(operation);
  const success = responses['200'] ?? responses['201'] ?? responses['302'];
  return success !== undefined && 'content' in success ? Object.entries(success.content ?? {}) : [];
}

const ALL = operations();
const JSON_TYPE = 'application/json';
/** What to do about an operation without an example. */
const MISSING = 'call it in a test of its feature, then: npm run examples src/features/<feature>';
/** Media types whose examples are values rather than the text of a file. */
const BY_SCHEMA: ReadonlySet<string> = new Set([JSON_TYPE, 'text/event-stream']);

export function answersFit(filled: () => Filled): void {
  beforeAll(async () => {
    document = documentSchema.parse(
      (await filled().bylaw.inject({ method: 'GET', url: '/api/openapi.json' })).body,
    );
    // Each schema is used only a few times, and optimizing its code would take longer than everything else.
    validator = new Ajv2020({ strict: false, allErrors: true, code: { optimize: false } });
    formats.default(validator);
    validator.addSchema({ $id: 'bylaw', components: document.components });
  });

  describe('the examples of the document', () => {
    it('stand with every input that an operation needs, and fit', () => {
      const wrong = ALL.flatMap((operation) => {
        const { parameters, requestBody } = entryOf(operation);
        const inAddress = parameters.flatMap((one) => {
          if (!('name' in one)) return [];
          if (one.example === undefined) return one.required ? [`${one.name} has no example`] : [];
          return misfits(one.schema, one.example).map((says) => `${one.name}: ${says}`);
        });
        const inBody = Object.entries(requestBody?.content ?? {}).flatMap(([type, { schema, example }]) => {
          if (example === undefined) return [`${type} has no example`];
          return type === JSON_TYPE ? misfits(schema, example) : [];
        });
        return [...inAddress, ...inBody].map((says) => `${nameOf(operation)}: ${says}`);
      });
      expect(wrong, MISSING).toEqual([]);
    });

    it('stand with every answer, and fit', () => {
      const wrong = ALL.flatMap((operation) =>
        successOf(operation).flatMap(([type, { schema, example }]) => {
          const says =
            example === undefined
              ? [`${type} has no example`]
              : BY_SCHEMA.has(type)
                ? misfits(schema, example)
                : [];
          return says.map((one) => `${nameOf(operation)}: ${one}`);
        }),
      );
      expect(wrong, MISSING).toEqual([]);
    });

    it('name nobody and hold no secret that could be real', () => {
      const text = JSON.stringify(document);
      const secrets =
        text.match(/byl_[\w-]{8,}|sk-ant-[\w-]{12,}|eyJ[\w-]{20,}|-----BEGIN [A-Z ]*PRIVATE/g) ?? [];
      expect(secrets.filter((one) => !/example/i.test(one))).toEqual([]);
      const addresses = text.match(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g) ?? [];
      const real = new Set(addresses.filter((one) => !/(?:^|[.@])example(?:\.(?:org|com|net))?$/.test(one)));
      expect([...real]).toEqual([]);
    });
  });

  describe('an answer of the server', () => {
    /** Reads first, then changes, and removals last; each as a separate person, whose session may end. */
    const order = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
    // A file has no schema; outside.ts checks that it is returned and valid.
    const asked = ALL.filter((one) => one.meta.transport !== 'stream' && !OPENED.has(nameOf(one))).toSorted(
      (one, other) => order.indexOf(one.method) - order.indexOf(other.method),
    );
    let done = 0;

    it.each(asked.map((one) => [nameOf(one), one] as const))(
      'to %s fits the document',
      async (_, operation) => {
        const answer = await answerTo(operation);
        expect(answer.status).toBeLessThan(500);
        if (answer.status >= 300) return;
        done += 1;
        const json = successOf(operation).find(([type]) => type === JSON_TYPE);
        if (json !== undefined) expect(misfits(json[1].schema, answer.body)).toEqual([]);
      },
    );

    it('was got from most operations', () => expect(done).toBeGreaterThan(200));

    async function answerTo(operation: Operation): Promise<TestAnswer> {
      if (operation.method === 'GET') return filled().ask(operation);
      const { cookie } = await filled().bylaw.person('owner', null);
      const input = inputFor(operation, { ...filled().known, ...OWN[nameOf(operation)] });
      return ask(filled().bylaw, operation, input, { cookie });
    }
  });
}
