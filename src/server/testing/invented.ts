/** Replaces, in what a test server sent, ids, secrets and places of the machine by ones that anyone sees are invented. */
export function withoutSecrets<T>(value: T): T {
  const ids = new Map<string, string>();
  const text = JSON.stringify(value)
    .replace(UUID, (id) => {
      const known = ids.get(id) ?? `00000000-0000-4000-8000-${String(ids.size + 1).padStart(12, '0')}`;
      ids.set(id, known);
      return known;
    })
    .replace(/byl_[\w-]{6,}/g, 'byl_example')
    .replace(/sk-ant-[\w-]+/g, 'sk-ant-example')
    .replace(/\.[0-9a-f]{8}@/g, '@')
    .replace(/\bclient-[a-z0-9]{6}\b/g, 'alder-society')
    .replace(/"[0-9A-Z]{4}(?: [0-9A-Z]{4}){3}"/g, '"EXAM PLE0 0000 0000"')
    .replace(/secret=[A-Z2-7]+/g, 'secret=EXAMPLEEXAMPLEEX')
    .replace(/"[A-Z2-7]{16,}"/g, '"EXAMPLEEXAMPLEEX"')
    .replace(/(localhost|127\.0\.0\.1):(?!7700)\d{4,5}/g, '$1:8088')
    .replace(/\/tmp\/[\w./-]+/g, '/srv/bylaw')
    // Long words of random letters: answers of passkeys, cursors, addresses of calendars.
    .replace(/\\.|[A-Za-z0-9_-]{24,}/g, (word) => (isRandom(word) ? 'ZXhhbXBsZQ' : word))
    .replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, (address) =>
      /(?:^|[.@])example(?:\.(?:org|com|net))?$/.test(address) ? address : 'someone@people.example',
    );
  const made: unknown = JSON.parse(text);
  return made as T;
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

function isRandom(word: string): boolean {
  return /[A-Z]/.test(word) && /[a-z]/.test(word) && /\d/.test(word);
}
