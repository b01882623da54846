import { type AnyContractProcedure, type AnySchema, type ErrorMap, oc, type Schema } from '@orpc/contract';
import { z } from 'zod';
import type { ClientPermission, WorkspacePermission } from '#domain/access/permissions.ts';
import { type ListOf, nextCursor, pageParams } from './paging.ts';
import { tableFormat } from './shared/table-format.ts';

/** What every surface needs to know of an operation beside its schemas. */
export interface OperationMeta {
  /** `client`: the input's `client` names one; `workspace`: belongs to no client; `self`: the signed-in person's own. */
  readonly scope: 'client' | 'workspace' | 'self';
  /** `public`: nobody needs to be signed in; `signed_in`: any person. */
  readonly permission: ClientPermission | WorkspacePermission | 'public' | 'signed_in';
  /** The action in the audit log; null: nothing is changed. A test fails where an operation changes and names none. */
  readonly audit: string | null;
  /** Words of the command, `exceptions request`; null: of no use there, and `why` says so. */
  readonly cli: string | null;
  /** Offered to Claude as a read-only tool. */
  readonly mcp: boolean;
  /** Set where the answer is a list, which is given in pages; then the input has `pageParams` and the answer `nextCursor`. */
  readonly list?: ListOf;
  /** Why no reply is kept for an `Idempotency-Key`, which is then refused; left out: it is kept for a POST that changes. */
  readonly replyNotKept?: string;
  /** Why there is no command or no audit action, for the parity test and the reference page. */
  readonly why?: string;
  /** Why no page of the console calls it; left out where one does. */
  readonly noPage?: string;
  /** Rows of the guide that it serves. */
  readonly guide?: readonly string[];
  /** What bounds an answer that holds a list and does not come in pages; left out where it has `list` or holds none. */
  readonly boundedBy?: string;
  /**
   * The proof of identity that an operation asks for. `in_person`: someone in the browser, who proved within the last ten
   * minutes that it is them; no token. It is for what changes who gets in, who can read, or where mail goes: a stolen
   * token could make itself a way in that stays. `fresh`: the same, or a token, which was made with such a proof; for data
   * that goes elsewhere or goes for good. Whatever changes something says one, `none` included; what reads may leave it out.
   */
  readonly proof?: 'in_person' | 'fresh' | 'none';
  /**
   * What someone says here counts as their word: a verdict, an exception or an alert rests on it. Refused to an account
   * of which nothing shows whose it is. An operation that could be one says this or `noProvenPerson`.
   */
  readonly provenPerson?: true;
  /** Why an account of which nothing shows whose it is may do it, though its permission lets people state or decide. */
  readonly noProvenPerson?: string;
  /** Why an auditor, who changes nothing of a client, may call what leaves a record there. */
  readonly auditorMay?: string;
  /** Open to someone who has to set up a second factor first. Left out: it is not. */
  readonly beforeSecondFactor?: true;
  /** A token that was made for backups may call it. Left out: it may not. */
  readonly backupToken?: true;
  /** Bytes instead of JSON: `upload` takes the body as a file, `download` answers with one, `stream` with events. */
  readonly transport?: 'upload' | 'download' | 'stream';
}

/** What an operation says of itself beside its method and path. */
interface OperationOptions extends OperationMeta {
  readonly title: string;
  readonly description?: string;
  /** Heading in the reference: the feature's name. */
  readonly feature: string;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What the operations of one feature share. */
type Shared = Pick<OperationOptions, 'feature'> & Partial<OperationOptions>;

/** What is left to say. `mcp` is false where nothing is said: Claude is offered an operation on purpose only. */
type Own<Base extends Shared, Optional extends keyof OperationOptions> = Omit<
  OperationOptions,
  keyof Base | Optional
> &
  Partial<Pick<OperationOptions, (keyof Base & keyof OperationOptions) | Optional>>;

/** Who changed the thing meanwhile, so that the second person can be told. */
const conflict = z.object({
  by: z.string().nullable(),
  at: z.string().nullable(),
  version: z.number().int().nullable(),
});

/** The errors that any operation may answer with. `message` is a sentence for a person; `code` is for machines. */
const errors = {
  BAD_REQUEST: { status: 400 },
  UNAUTHORIZED: { status: 401 },
  SECOND_FACTOR_REQUIRED: { status: 401 },
  FORBIDDEN: { status: 403 },
  NOT_FOUND: { status: 404 },
  CONFLICT: { status: 409, data: conflict },
  PAYLOAD_TOO_LARGE: { status: 413 },
  UNPROCESSABLE: { status: 422 },
  TOO_MANY_REQUESTS: { status: 429, data: z.object({ retryAfterSeconds: z.number().int() }) },
  UNAVAILABLE: { status: 503 },
  STORAGE_FULL: { status: 507 },
} as const satisfies ErrorMap;

/** The client that an operation is about: its short name in the address. */
export const clientParam = z
  .string()
  .min(1)
  .max(80)
  .describe('Short name of the client, as in the address of its pages');

/** What an operation takes that is about a client and asks for nothing more. */
const ofClient = z.object({ client: clientParam });

/** What operations take that name no input of their own. */
type InputAtFirst<Base> = Base extends { readonly scope: 'client' }
  ? typeof ofClient
  : Schema<unknown, unknown>;

/**
 * Makes the operations of one feature. Route, OpenAPI, typed client, command, MCP tool and reference page all come from
 * what is said here; `.input()` and `.output()` follow. What reads has no audit action; what changes must name one.
 * Without `.input()` an operation of scope `client` takes the client and nothing else.
 *
 * @param base what they share, so that each states only what is its own
 */
export function operationsOf<const Base extends Shared>(base: Base) {
  const input = (base.scope === 'client' ? ofClient : undefined) as InputAtFirst<Base> | undefined;
  const made = (method: Method, path: `/${string}`, own: Own<Base, 'mcp' | 'audit'>) =>
    operation(method, path, { audit: null, mcp: false, ...base, ...own } as OperationOptions, input);
  type Reads = Own<Base, 'mcp' | 'audit'>;
  type Changes = Own<Base, 'mcp'> & (Pick<Required<OperationMeta>, 'proof'> | { readonly audit: null });
  type Listed<Filters, Output> = Reads & {
    readonly list: ListOf;
    readonly cli: string;
    readonly exportTitle: string;
    readonly filters: Filters;
    readonly output: Output;
  };
  /** Answers with a file that `asDownload` makes; its output is set. */
  const download = (
    path: `/${string}`,
    { method = 'GET', ...own }: Reads & { readonly method?: 'GET' | 'POST' },
  ) =>
    made(method, path, { ...own, transport: 'download' } as Reads)
      .route({ outputStructure: 'detailed', successStatus: 200 })
      .output(downloadOutput);
  /** Paths are below /api/v1; a client's operations start with /clients/{client}. */
  return {
    get: (path: `/${string}`, own: Reads) => made('GET', path, own),
    post: (path: `/${string}`, own: Changes) => made('POST', path, own),
    put: (path: `/${string}`, own: Changes) => made('PUT', path, own),
    patch: (path: `/${string}`, own: Changes) => made('PATCH', path, own),
    del: (path: `/${string}`, own: Changes) => made('DELETE', path, own),
    download,
    /**
     * A list in pages and its export as a file. Both take the same filters and permission; the export is at
     * `<path>/export`, and its command ends with `export` where that of the list ends with `list`.
     */
    listed: <Filters extends z.ZodRawShape, Output extends AnySchema>(
      path: `/${string}`,
      { exportTitle, filters, output, ...own }: Listed<Filters, Output>,
    ) => {
      const { title: _title, description: _description, guide: _guide, list: _list, ...shared } = own;
      return {
        list: made('GET', path, own as unknown as Reads)
          .input(z.object({ ...filters, ...pageParams() }))
          .output(output),
        export: download(`${path}/export`, {
          ...shared,
          title: exportTitle,
          mcp: false,
          cli: own.cli.replace(/list$/, 'export'),
          why: `A file for a person; ${own.cli} gives the same.`,
        } as unknown as Reads).input(z.object({ ...filters, format: tableFormat })),
      };
    },
  };
}

function operation<Input extends AnySchema>(
  method: Method,
  path: `/${string}`,
  { title, description, feature, ...meta }: OperationOptions,
  input: Input | undefined,
) {
  return oc
    .$input(input)
    .$meta<OperationMeta>(meta)
    .errors(errors)
    .route({
      method,
      path,
      summary: title,
      ...(description === undefined ? {} : { description }),
      tags: [feature],
      inputStructure: 'compact',
      successStatus: method === 'POST' ? 201 : 200,
    });
}

/** What a download's handler returns; `asDownload` makes it. */
export const downloadOutput = z.object({
  headers: z.object({
    'content-type': z.string(),
    'content-disposition': z.string(),
    'cache-control': z.string(),
    'x-content-type-options': z.string(),
    'content-length': z.string().optional(),
  }),
  body: z.union([z.file(), z.custom<ReadableStream<Uint8Array>>((value) => value instanceof ReadableStream)]),
});

/** Edits say which version they were made on, so that nobody overwrites what they have not seen. */
export const versionParam = z
  .number()
  .int()
  .min(1)
  .describe('Version that was shown to the person who is editing');

/** Why somebody does something; kept on the audit log. */
export const reasonParam = z.string().trim().min(3, 'Briefly say why.').max(2000);

export const instant = z.string().describe('Time, RFC 3339');

/** A list in pages; `total` is of all that match. */
export function listOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), total: z.number().int(), nextCursor });
}

/** One operation as every surface reads it. */
export interface Operation {
  /** Keys in the contract, for example ['exceptions', 'request']. */
  readonly path: readonly string[];
  readonly method: string;
  /** Below /api/v1, with `{name}` for what is filled in. */
  readonly route: string;
  readonly title: string;
  readonly description: string | null;
  readonly feature: string;
  readonly meta: OperationMeta;
  readonly procedure: AnyContractProcedure;
}
