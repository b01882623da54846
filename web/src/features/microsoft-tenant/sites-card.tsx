import { SITE_UNREAD_WORDS } from '../../../../src/domain/labels.ts';
import { count } from '../../../../src/domain/text/words.ts';
import { useClientHere } from '../../session.tsx';
import { Fold, Line, Lines } from '../../ui/lines.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { AppLink } from '../controls/link-button.tsx';
import { Part } from './part.tsx';
import { siteSourceWords, siteWords, type Tenant } from './words.ts';

type Sites = Tenant['sites'];

/** Overshared SharePoint sites, most exposed first. Each is closed, or accepted as an exception to its control. */
export function SitesCard({ sites }: { sites: Sites }) {
  const { slug } = useClientHere();
  const { read, total, list, from, countedTo, unread: shut } = sites;
  const unread = (['report', 'permissions', 'usage', 'groups'] as const).flatMap((one) => {
    const part = from[one];
    return part === null || part.why === null ? [] : [{ title: siteSourceWords(one, from), ...part }];
  });
  return (
    <Part
      title="Widely shared SharePoint sites"
      read={read}
      aside={`${list.length} of ${count(total, 'site')}`}
      flush={list.length + unread.length + shut.length > 0}
      foot={
        <>
          {countedTo === null ? null : (
            <>
              Sharing links counted up to <When at={countedTo} inline />.{' '}
            </>
          )}
          Restrict each one, or accept it with a reason at{' '}
          <AppLink href={`/c/${slug}/controls/M365-08`}>M365-08</AppLink>; the next reading shows it.
        </>
      }
    >
      {list.length + unread.length + shut.length === 0 ? (
        <p>No site is open to everyone or through “Anyone” links.</p>
      ) : (
        <Lines label="Sites" head="55%">
          {list.map((site) => (
            <SiteLine key={site.key} site={site} />
          ))}
          {shut.map((one) => (
            <Line
              key={`unread ${one.key}`}
              head={
                <>
                  <h3>{one.name}</h3>
                  <p className="muted wraps">{one.url}</p>
                </>
              }
            >
              <VerdictMark state="cannot_read">
                Its document libraries were not read, or not all: {SITE_UNREAD_WORDS[one.why]}
              </VerdictMark>
            </Line>
          ))}
          {unread.map(({ title, why, howToGet }) => (
            <Line key={title} head={<h3>{title}</h3>}>
              <VerdictMark state="cannot_read">{why}</VerdictMark>
              {howToGet === null ? null : (
                <Fold
                  summary={
                    <>
                      How to get it<span className="hidden-text">: {title}</span>
                    </>
                  }
                >
                  <p>{howToGet}</p>
                </Fold>
              )}
            </Line>
          ))}
        </Lines>
      )}
    </Part>
  );
}

function SiteLine({ site }: { site: Sites['list'][number] }) {
  // A site without a name and URL is already labeled with its ID.
  const id = site.id === null || site.name.endsWith(site.id) ? null : `Site ID ${site.id}`;
  const where = [site.url ?? id, site.owner];
  const counts = [
    ...(site.anyone === null || site.anyone === 0
      ? []
      : [
          // The usage report counts sharing events, not links.
          site.linksBy === 'usage'
            ? `Shared through such a link ${count(site.anyone, 'time')}`
            : count(site.anyone, 'such link'),
        ]),
    ...(site.people === null ? [] : [count(site.people, 'person', 'people')]),
  ];
  return (
    <Line
      head={
        <>
          <h3>{site.name}</h3>
          <p className="muted wraps">{where.filter((part) => part !== null).join(', ')}</p>
        </>
      }
    >
      <VerdictMark state={site.is === 'unknown' ? 'cannot_read' : 'fail'}>{siteWords(site)}</VerdictMark>
      {counts.length === 0 ? null : <p className="muted">{counts.join(', ')}</p>}
    </Line>
  );
}
