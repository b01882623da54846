import schema from './ocsf-1.8.0.json' with { type: 'json' };

interface Attribute {
  readonly type: string;
  /** Base type; left out: a primitive type, or an object. */
  readonly base?: string;
  readonly array?: boolean;
  readonly object?: string;
  readonly required?: boolean;
  /** Captions by value. */
  readonly enum?: Readonly<Record<string, string>>;
  /** Attribute that holds the caption. */
  readonly sibling?: string;
  /** Only applies to events with this profile. */
  readonly profile?: string;
}
interface Shape {
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly constraints: { readonly at_least_one?: readonly string[]; readonly just_one?: readonly string[] };
}

const CLASSES: Readonly<Record<string, Shape & { readonly caption: string; readonly category: number }>> =
  schema.classes;
const OBJECTS: Readonly<Record<string, Shape>> = schema.objects;

/** Version of the vendored schema. */
export const SCHEMA_VERSION: string = schema.version;

/** Everything in an event that its class and profiles do not allow; empty: valid. */
export function ocsfProblems(event: Readonly<Record<string, unknown>>): readonly string[] {
  const cls = CLASSES[String(event.class_uid)];
  if (cls === undefined) return [`class ${event.class_uid} is not in the schema`];
  const metadata = isObject(event.metadata) ? event.metadata : {};
  const profiles = Array.isArray(metadata.profiles) ? metadata.profiles : [];
  return [
    ...(event.class_name === cls.caption ? [] : [`class_name is not ${cls.caption}`]),
    ...(event.category_uid === cls.category ? [] : [`category_uid is not ${cls.category}`]),
    ...(event.type_uid === Number(event.class_uid) * 100 + Number(event.activity_id)
      ? []
      : ['type_uid is not class and activity']),
    ...(metadata.version === SCHEMA_VERSION ? [] : [`version is not ${SCHEMA_VERSION}`]),
    ...shapeProblems(event, cls, '', (profile) => profile === undefined || profiles.includes(profile)),
  ];
}

function shapeProblems(
  value: Readonly<Record<string, unknown>>,
  { attributes, constraints }: Shape,
  path: string,
  counts: (profile: string | undefined) => boolean,
): string[] {
  const here = (name: string) => `${path}${name}`;
  const problems = Object.entries(value).flatMap(([name, one]) => {
    const attribute = attributes[name];
    if (attribute === undefined || !counts(attribute.profile)) return [`${here(name)} is not in the schema`];
    return valueProblems(one, attribute, here(name), value, counts);
  });
  for (const [name, { required, profile }] of Object.entries(attributes))
    if (required === true && counts(profile) && !(name in value)) problems.push(`${here(name)} is missing`);
  const some = constraints.at_least_one;
  if (some !== undefined && !some.some((name) => name in value))
    problems.push(`${path === '' ? 'the event' : path} has none of ${some.join(', ')}`);
  const one = constraints.just_one;
  if (one !== undefined && one.filter((name) => name in value).length !== 1)
    problems.push(`${path === '' ? 'the event' : path} has not just one of ${one.join(', ')}`);
  return problems;
}

function valueProblems(
  value: unknown,
  attribute: Attribute,
  path: string,
  beside: Readonly<Record<string, unknown>>,
  counts: (profile: string | undefined) => boolean,
): string[] {
  if (attribute.array === true) {
    if (!Array.isArray(value)) return [`${path} is no list`];
    const { array: _, ...each } = attribute;
    return value.flatMap((one, at) => valueProblems(one, each, `${path}[${at}]`, beside, counts));
  }
  const captions = attribute.enum;
  if (captions !== undefined && !(String(value) in captions)) return [`${path} may not be ${String(value)}`];
  if (captions !== undefined && attribute.sibling !== undefined) {
    const said = beside[attribute.sibling];
    const caption = captions[String(value)];
    // For "other" (99), the sibling holds the source's own word.
    if (said !== undefined && value !== 99 && said !== caption)
      return [`${attribute.sibling} beside ${path} is not ${caption}`];
  }
  if (attribute.object === undefined)
    return scalarFits(value, attribute) ? [] : [`${path} is no ${attribute.type}`];
  if (!isObject(value)) return [`${path} is no object`];
  // An object of any shape.
  if (attribute.object === 'object') return [];
  const shape = OBJECTS[attribute.object];
  return shape === undefined
    ? [`${path}: the object ${attribute.object} is not in the vendored schema`]
    : shapeProblems(value, shape, `${path}.`, counts);
}

function scalarFits(value: unknown, { type, base = type }: Attribute): boolean {
  switch (base) {
    case 'integer_t':
    case 'long_t':
      return Number.isInteger(value);
    case 'float_t':
      return typeof value === 'number';
    case 'boolean_t':
      return typeof value === 'boolean';
    case 'json_t':
      return true;
    default:
      return typeof value === 'string' && value !== '';
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
