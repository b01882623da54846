import { stringify } from 'yaml';
import { DetectionPack } from '#domain/detections/pack.ts';
import { type Detection, isCorrelation } from '#domain/detections/sigma.ts';
import { detectionSettings } from '#store/detections/alerts.ts';
import type { HandlerContext } from '../context.ts';
import { zipOf } from '../exports/index.ts';
import { type Download, fileWord } from '../shared/download.ts';

const ABOUT = `# Detections of Bylaw as Sigma rules: https://sigmahq.io
# Fields are those of the activities that Bylaw forwards, and below "bylaw." what Bylaw adds to each of them.
# Rules of person-days (bylaw.baseline) and of missing records (bylaw.absence) select the events that are counted; what
# is made of the counts is Bylaw's own.
`;

/**
 * The detections that are on for a client, with the rules that they correlate: one multi-document Sigma file, or an
 * archive with one file each, as Sigma tools expect.
 */
export async function sigmaFile(context: HandlerContext, format: 'yaml' | 'zip'): Promise<Download> {
  const { client, services } = context;
  const { detections } = services.catalogue;
  const settings = await context.read((tx) => detectionSettings(tx, client.id));
  const of = new Map(settings.map((row) => [row.detection, row]));
  const isOn = ({ bylaw }: Detection) => bylaw.alerts && (of.get(bylaw.id)?.is_on ?? bylaw.on);
  const tuned = new Map(
    settings.flatMap(({ detection, number }) => (number === null ? [] : [[detection, number] as const])),
  );
  const histories = new Map(
    settings.flatMap(({ detection, history }) => (history === null ? [] : [[detection, history] as const])),
  );
  const pack = new DetectionPack(detections, () => true, tuned, histories);
  const needed = new Set(
    detections.filter(isOn).flatMap((one) => (isCorrelation(one) ? one.correlation.rules : [])),
  );
  const wanted = detections.filter(
    (one) => isOn(one) || needed.has(one.id) || (one.name !== undefined && needed.has(one.name)),
  );
  // Rules come before the correlations that refer to them.
  const order = [...wanted.filter((one) => !isCorrelation(one)), ...wanted.filter(isCorrelation)];
  const documents = order.map((one) => {
    const ready = pack.detections.find(({ id }) => id === one.bylaw.id);
    const { bylaw, ...sigma } = one;
    const { examples: _examples, given: _given, ...kept } = bylaw;
    const document = {
      ...sigma,
      ...(ready?.correlation === null || ready === undefined ? {} : { correlation: ready.correlation }),
      bylaw: { ...kept, ...(ready?.baseline ? { baseline: ready.baseline } : {}) },
    };
    // Sigma's own tools read YAML 1.1, which parses an unquoted "on" or "off" as a boolean.
    const text = stringify(document, { version: '1.1' });
    return { name: `${bylaw.id.toLowerCase().replaceAll('-', '_')}.yml`, text };
  });
  const name = fileWord(`${client.name} sigma`);
  const encode = (text: string) => new TextEncoder().encode(text);
  if (format === 'zip')
    return {
      name: `${name}.zip`,
      type: 'application/zip',
      bytes: zipOf(documents.map((one) => ({ name: one.name, bytes: encode(`${ABOUT}${one.text}`) }))),
    };
  return {
    name: `${name}.yml`,
    type: 'application/yaml; charset=utf-8',
    bytes: encode(`${ABOUT}---\n${documents.map(({ text }) => text).join('---\n')}`),
  };
}
