/** Time zones by region, for abbreviations that several zones share. */
const groups = {
  centralEurope:
    "Europe/Amsterdam Europe/Andorra Europe/Belgrade Europe/Berlin Europe/Bratislava Europe/Brussels Europe/Budapest Europe/Copenhagen Europe/Gibraltar Europe/Ljubljana Europe/Luxembourg Europe/Madrid Europe/Malta Europe/Monaco Europe/Oslo Europe/Paris Europe/Podgorica Europe/Prague Europe/Rome Europe/San_Marino Europe/Sarajevo Europe/Skopje Europe/Stockholm Europe/Tirane Europe/Vaduz Europe/Vatican Europe/Vienna Europe/Warsaw Europe/Zagreb Europe/Zurich Africa/Algiers Africa/Tunis",
  easternEurope:
    "Europe/Athens Europe/Bucharest Europe/Chisinau Europe/Helsinki Europe/Kyiv Europe/Mariehamn Europe/Riga Europe/Sofia Europe/Tallinn Europe/Vilnius Asia/Beirut Asia/Nicosia Africa/Cairo Africa/Tripoli Europe/Kaliningrad",
  westernEurope: "Europe/Lisbon Atlantic/Canary Atlantic/Faroe Atlantic/Madeira",
  pacific: "America/Los_Angeles America/Vancouver America/Tijuana",
  mountain: "America/Denver America/Edmonton America/Boise America/Phoenix America/Ciudad_Juarez",
  central:
    "America/Chicago America/Winnipeg America/Mexico_City America/Monterrey America/Costa_Rica America/Guatemala America/El_Salvador America/Regina America/Managua America/Tegucigalpa America/Belize",
  eastern:
    "America/New_York America/Toronto America/Detroit America/Panama America/Jamaica America/Cancun America/Nassau America/Port-au-Prince America/Indiana/Indianapolis America/Kentucky/Louisville",
  atlantic:
    "America/Halifax America/Puerto_Rico America/Barbados Atlantic/Bermuda America/Santo_Domingo America/Moncton",
} as const;

const all = (zones: string, ...abbreviations: string[]) =>
  abbreviations.map((name): [string, readonly string[]] => [name, zones.split(" ")]);

/** Zones by lowercase abbreviation. Several abbreviations are ambiguous. */
const meanings: readonly (readonly [string, readonly string[]])[] = [
  ...all(groups.pacific, "pst", "pdt", "pt"),
  ...all(groups.mountain, "mst", "mdt", "mt"),
  ...all(groups.central, "cst", "cdt", "ct"),
  ...all("Asia/Shanghai Asia/Taipei America/Havana", "cst"),
  ...all(groups.eastern, "est", "edt", "et"),
  ...all(groups.atlantic, "ast", "adt"),
  ...all("Asia/Riyadh Asia/Kuwait Asia/Qatar Asia/Baghdad", "ast"),
  ...all("America/St_Johns", "nst", "ndt"),
  ...all("America/Anchorage America/Juneau America/Nome", "akst", "akdt"),
  ...all("Pacific/Honolulu", "hst"),
  ...all(groups.centralEurope, "cet", "cest", "mez", "mesz"),
  ...all(groups.easternEurope, "eet", "eest", "oez", "oesz"),
  ...all(groups.westernEurope, "wet", "west", "wez", "wesz"),
  ...all("Europe/London Africa/Abidjan Atlantic/Reykjavik Africa/Accra Europe/Dublin UTC", "gmt"),
  ...all("Europe/London Europe/Guernsey Europe/Jersey Europe/Isle_of_Man Asia/Dhaka", "bst"),
  ...all("Asia/Kolkata Europe/Dublin Asia/Jerusalem", "ist"),
  ...all("Asia/Jerusalem", "idt"),
  ...all("Europe/Moscow Europe/Simferopol", "msk"),
  ...all("Europe/Istanbul", "trt"),
  ...all("Africa/Johannesburg", "sast"),
  ...all("Africa/Lagos Africa/Kinshasa Africa/Luanda Africa/Douala", "wat"),
  ...all("Africa/Maputo Africa/Harare Africa/Lusaka Africa/Kigali", "cat"),
  ...all("Africa/Nairobi Africa/Addis_Ababa Africa/Kampala Africa/Dar_es_Salaam", "eat"),
  ...all("Asia/Dubai Asia/Muscat", "gst"),
  ...all("Asia/Karachi", "pkt"),
  ...all("Asia/Kathmandu", "npt"),
  ...all("Asia/Bangkok Asia/Ho_Chi_Minh Asia/Phnom_Penh Asia/Vientiane", "ict"),
  ...all("Asia/Jakarta Asia/Pontianak", "wib"),
  ...all("Asia/Makassar", "wita"),
  ...all("Asia/Jayapura", "wit"),
  ...all("Asia/Singapore", "sgt", "sst"),
  ...all("Pacific/Pago_Pago Pacific/Midway", "sst"),
  ...all("Asia/Kuala_Lumpur Asia/Kuching", "myt"),
  ...all("Asia/Hong_Kong", "hkt"),
  ...all("Asia/Manila", "pht", "phst"),
  ...all("Asia/Tokyo", "jst"),
  ...all("Asia/Seoul Asia/Pyongyang", "kst"),
  ...all("Australia/Perth", "awst"),
  ...all("Australia/Adelaide Australia/Darwin Australia/Broken_Hill", "acst"),
  ...all("Australia/Adelaide Australia/Broken_Hill", "acdt"),
  ...all("Australia/Sydney Australia/Melbourne Australia/Brisbane Australia/Hobart", "aest"),
  ...all("Australia/Sydney Australia/Melbourne Australia/Hobart", "aedt"),
  ...all("Pacific/Auckland", "nzst", "nzdt"),
  ...all("America/Sao_Paulo America/Bahia America/Fortaleza America/Recife", "brt"),
  ...all("America/Argentina/Buenos_Aires America/Argentina/Cordoba", "art"),
  ...all("America/Santiago", "clt", "clst"),
  ...all("America/Bogota", "cot"),
  ...all("America/Lima", "pet"),
  ...all("America/Caracas", "vet"),
  ...all("Pacific/Guam", "chst"),
  ...all("UTC", "utc", "z", "zulu"),
];

const zonesOf = new Map<string, Set<string>>();
for (const [name, zones] of meanings) zonesOf.set(name, new Set([...(zonesOf.get(name) ?? []), ...zones]));

/** Returns the zones for an abbreviation such as `CET` or `pst`; undefined if unknown. */
export const zonesOfAbbreviation = (text: string): ReadonlySet<string> | undefined =>
  zonesOf.get(text.trim().toLowerCase());
