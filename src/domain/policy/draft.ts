/** Words in the name of a document that is not, or no longer, in force. */
const NOT_IN_FORCE = [
  /(?<!\p{L})(?:(?:re)?draft|proposed|proposal|redlined?|tracked changes|work in progress|wip|unsigned|unapproved|not (?:yet )?(?:approved|adopted|final|finali[sz]ed|signed|in force|effective)|pending|superseded|obsolete|rescinded|withdrawn|no longer (?:valid|in force|current))(?!\p{L})/iu,
  // "For review and signature" is different: such documents are there to be signed.
  /(?<!\p{L})(?:for|awaiting|under|subject to) (?:(?:board|legal|committee|counsel|staff|management|executive|internal|final|public|the|board[’']s) ){0,3}(?:review|approval|comments?|discussion|adoption|consideration|ratification)(?!\p{L})(?! (?:and|&) (?:sign|acknowledg))/iu,
  /(?<!\p{L})(?:entwurf|entwurfsfassung|vorschlag|nicht (?:freigegeben|genehmigt)|zur (?:prüfung|freigabe|genehmigung)|brouillon|avant-projet|projet de (?:politique|charte)|[àa] (?:valider|approuver)|en attente|borrador|propuesta|pendiente|por aprobar|proyecto de pol[íi]tica|rascunho|minuta|bozza|concept(?=\W*$)|ontwerp)(?!\p{L})/iu,
  /\(projet\)|草案|下書き/u,
] as const;

/** Whether a document's name says that it is a draft, proposed, unsigned, or no longer in force: "v4 - DRAFT". */
export function saysNotInForce(name: string): boolean {
  const text = name.replaceAll('_', ' ');
  return NOT_IN_FORCE.some((one) => one.test(text));
}

/** A version that names a text to fill in or to copy from, or that is itself a field: "template", "sample", "{version}". */
const NO_VERSION =
  /(?<!\p{L})(?:templates?|samples?|specimens?|boilerplate|placeholder|muster|vorlage|plantilla|muestra|mod[eèé]le|modelo)(?!\p{L})|^\W*examples?\W*$|^[[{<].*[\]}>]$|^v?[x#?]+(?:\.[x#?\d]+)*$/iu;

/** Whether a version is that of a text which no one made their own, so that it does not name the one in force. */
export function saysTemplate(version: string): boolean {
  return NO_VERSION.test(version.replaceAll('_', ' ').trim());
}
