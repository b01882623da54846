import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * American spelling in everything of our own: names, comments, keys and texts. Exceptions are listed below with their
 * reason.
 */
const OURS = [
  '{src,web/src,sandbox,bench,tests,scripts}/**/*.{ts,tsx,css}',
  'catalogue/**/*.yaml',
  'docs/*.md',
];

const BRITISH =
  /\w*(?:organisation|licence|colour|cancelled|behaviour|favourite|neighbour|(?:recogn|normal|summar|initial|author|util|priorit|custom|special|general|minim|maxim)is(?:e[ds]?\b|ing\b|ation|er\b))\w*/giu;

/** Spelled differently by others, or by us in stored data. */
const OTHERS: readonly (readonly [file: RegExp, word: RegExp])[] = [
  // Data from before November 2026, and the code that reads it.
  [/^src\/store\/migrations\/0/u, /./u],
  [
    /^src\/store\/(?:activity\/row|schema\/activity|imports\/rows|personal-accounts\/messages)\.ts$/u,
    /organisation/iu,
  ],
  [/^src\/sources\/exports\/documents\/index\.ts$/u, /organisation|unauthorised/iu],
  // Headings, names and words in files, in their languages.
  [/^src\/sources\/exports\/words\//u, /./u],
  [
    /^src\/sources\/(?:exports\/kinds|anthropic\/files)\/|^src\/sources\/microsoft\/[a-z-]+-table|^src\/features\/foreign\/client-table/u,
    /^organisation|^licences?$/iu,
  ],
  [/^src\/cli\/commands\/assess-files\.ts$|^catalogue\/dlp\/prepare-columns\.yaml$/u, /^licences?$/u],
  // Vendors' names of events and fields.
  [
    /^catalogue\/|^src\/sources\/otlp\/|^src\/sources\/dns\/|^src\/domain\/activity\/type-words/u,
    /(?:^|_)cancelled$|^ECANCELLED$/u,
  ],
  // A library function.
  [/^src\/store\/testing-server\.ts$/u, /^initialise$/u],
  // This check, and the tests of code that reads British spelling.
  [/^scripts\/checks\/spelling|\.test\.ts$|^tests\/|^bench\//u, /./u],
];

/**
 * Names that only insiders understand, each with the established term; docs/glossary.md has the terms of the product.
 */
const NAMES: readonly (readonly [name: RegExp, instead: string])[] = [
  [/^MOST(?:_|$)|^most$/u, 'MAX_… or max'],
  [/^standing|Standing|STANDING|^stands/u, 'status'],
  [/^(?:un)?told$|^(?:Un)?Told$|_TOLD$|^tells$/u, 'reported'],
  [/^anew$|Anew$/u, 'again'],
  [/^dead_?letter|DeadLetter/iu, 'failed delivery'],
  [/^(?:send|alert|reminder)Letter$|^letter(?:Schema|For|Of)$/u, 'mail, or failed delivery'],
  [/^(?:un)?provenPerson$|Proven(?:Person|Staff|How)$|^markProven$|AddressProven$/iu, 'verified account'],
  [/^(?:Document)?Fate$|^fates?$|^fateOf$/u, 'outcome'],
  [/patience/iu, 'TIMEOUT_MS, MAX_FAILURES or what else it limits, with its unit'],
  [/^catch(?:ing)?Up$/u, 'refresh'],
  [/^(?:LONGEST|LARGEST|WIDEST|FURTHEST)(?:_|$)/u, 'MAX_… with what it counts and its unit'],
  [/^(?:FEWEST|LEAST)(?:_|$)/u, 'MIN_… with what it counts'],
  [/(?:^|_)AT_ONCE$/u, 'MAX_CONCURRENT_…, or MAX_… with PER_ and what it is a part of'],
  [
    /^(?:AGAIN|EVERY|LOOK|FRESH)(?:_MS)?$|_EVERY(?:_MS)?$/u,
    'RETRY_MS, CACHE_MS, …_INTERVAL_MS or what it times',
  ],
  [/^(?:KEPT|MANY|SAID|CUT|BELOW|BESIDE|AROUND|APART)$/u, 'what it lists or limits'],
  [/^remembered$|^REMEMBERED$/iu, 'cached'],
  [/^note[A-Z]\w*(?:Use|Read|Run|Result|Refusal|Findings|Step|Statement|Clock)$/u, 'record…'],
  [/^(?:layOver|laidOver)$/u, 'overlay'],
  [/^(?:Someone|EverybodysDoubt|forEverybody)$/u, 'who it is: a person, everyone'],
];
const DECLARED =
  /\b(?:const|let|function|interface|type|class)\s+(?:\{\s*)?(\w+)|^\s*(?:readonly )?(\w+)\??:\s/gu;

const COMMENT = /^\s*(?:\/?\*|\/\/).*|\/\/ .*$/u;

/** Names kept for stored data and files. */
const ALLOWED_NAMES: readonly (readonly [file: RegExp, name: RegExp])[] = [
  [/^src\/features\/reports\/|^src\/store\/(?:migrations|schema)\//u, /^standing$|^dead_letter|^most$/u],
  [/\/policy\//u, /^most$/u],
  [/^scripts\/checks\/spelling/u, /./u],
];

/** Reports names in code for which there is an established term. */
export function checkNames(root: string): string[] {
  return globSync('{src,web/src,sandbox,bench,tests,scripts}/**/*.{ts,tsx}', { cwd: root })
    .sort()
    .flatMap((path) =>
      readFileSync(join(root, path), 'utf8')
        .split('\n')
        .flatMap((line, at) =>
          [...line.replace(COMMENT, '').matchAll(DECLARED)].flatMap(([, declared, key]) => {
            const name = declared ?? key ?? '';
            if (ALLOWED_NAMES.some(([file, kept]) => file.test(path) && kept.test(name))) return [];
            const found = NAMES.find(([pattern]) => pattern.test(name));
            return found === undefined ? [] : [`${path}:${at + 1}: "${name}": say ${found[1]}`];
          }),
        ),
    );
}

/** A word of British offices, in sentences; ids keep it. */
const LEAVER = /[a-z’,] leavers?\b|\bleavers?['’]?s? [a-z]/iu;

/** Reports spellings and words that are not American. */
export function checkSpelling(root: string): string[] {
  return [...leavers(root), ...british(root)];
}

function leavers(root: string): string[] {
  return globSync(['catalogue/**/*.yaml', 'docs/*.md', 'CHANGELOG.md'], { cwd: root })
    .filter((path) => path !== join('docs', 'messages.md'))
    .sort()
    .flatMap((path) =>
      readFileSync(join(root, path), 'utf8')
        .split('\n')
        .flatMap((line, at) =>
          LEAVER.test(line) ? [`${path}:${at + 1}: a “leaver” is British; say who leaves or has left`] : [],
        ),
    );
}

function british(root: string): string[] {
  return OURS.flatMap((pattern) => globSync(pattern, { cwd: root }))
    .sort()
    .flatMap((path) =>
      readFileSync(join(root, path), 'utf8')
        .split('\n')
        .flatMap((line, at) =>
          [...line.matchAll(BRITISH)]
            .filter(([word]) => !OTHERS.some(([file, allowed]) => file.test(path) && allowed.test(word)))
            .map(([word]) => `${path}:${at + 1}: "${word}" is British; the American spelling is used here`),
        ),
    );
}
