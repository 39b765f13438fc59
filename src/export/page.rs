//! `map.html`: the map as one page that opens from disk, without a server.
//!
//! The page's own source lies in `web/src/`. Its modules import each other in one direction, so that here they are
//! joined in order into one script, with `import` lines and the word `export` left out; a browser does not load
//! modules from a file opened from disk. News text never becomes markup: it stands in blocks of JSON in which `<` is
//! written `\u003c`, and the page's security policy lets run only the scripts whose hash it names.
//!
//! Leaflet and Supercluster are not part of the project. A plain build links them at pinned addresses with the hash of
//! what must come; a build with the feature `offline-page` takes them, and the base map, from `web/dist/`, which
//! `npm run build` makes.

use std::io::{self, Write};

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

use super::{Format, Harvest, geojson, page_data};
use crate::model::Incident;

/// The map as a page.
#[derive(Debug, Clone, Copy)]
pub struct Page;

impl Format for Page {
    fn file_name(&self) -> &'static str {
        "map.html"
    }

    fn write(&self, harvest: &Harvest, out: &mut dyn Write) -> io::Result<()> {
        let incidents: Vec<&Incident> =
            harvest.incidents.iter().filter(|incident| geojson::point(incident).is_some()).collect();
        let script = script();
        for part in TEMPLATE.split("{{") {
            let Some((mark, rest)) = part.split_once("}}") else {
                out.write_all(part.as_bytes())?;
                continue;
            };
            match mark {
                "policy" => out.write_all(policy(&script).as_bytes())?,
                "style" => out.write_all(STYLE.as_bytes())?,
                "library" => out.write_all(library().as_bytes())?,
                "incidents" => page_data::incidents(&incidents, harvest, out)?,
                "texts" => page_data::texts(&incidents, out)?,
                "tallies" => page_data::tallies(&harvest.tallies, out)?,
                "base" => page_data::base(BASE, &incidents, out)?,
                "script" => out.write_all(script.as_bytes())?,
                _ => {}
            }
            out.write_all(rest.as_bytes())?;
        }
        Ok(())
    }
}

/// The frame, with marks such as `{{style}}` where the rest goes.
const TEMPLATE: &str = include_str!("../../web/src/page.html");

const STYLE: &str = concat!(
    include_str!("../../web/src/page.css"),
    include_str!("../../web/src/parts.css"),
    include_str!("../../web/src/print.css")
);

/// The page's modules, each after those that it imports.
const MODULES: [&str; 20] = [
    include_str!("../../web/src/fold.js"),
    include_str!("../../web/src/earth.js"),
    include_str!("../../web/src/words.js"),
    include_str!("../../web/src/names.js"),
    include_str!("../../web/src/language.js"),
    include_str!("../../web/src/dom.js"),
    include_str!("../../web/src/data.js"),
    include_str!("../../web/src/store.js"),
    include_str!("../../web/src/filter.js"),
    include_str!("../../web/src/shapes.js"),
    include_str!("../../web/src/tables.js"),
    include_str!("../../web/src/dots.js"),
    include_str!("../../web/src/chart.js"),
    include_str!("../../web/src/review.js"),
    include_str!("../../web/src/detail.js"),
    include_str!("../../web/src/list.js"),
    include_str!("../../web/src/panels.js"),
    include_str!("../../web/src/map.js"),
    include_str!("../../web/src/print.js"),
    include_str!("../../web/src/main.js"),
];

/// Where a plain build finds the libraries. The hashes are those of the files in their npm packages.
#[cfg(not(feature = "offline-page"))]
mod libraries {
    pub(super) const STYLE: [&str; 2] = [
        "https://unpkg.com/leaflet@1.9.4/dist/leaflet.css",
        "sha384-sHL9NAb7lN7rfvG5lfHpm643Xkcjzp4jFvuavGOndn6pjVqS6ny56CAt3nsEVT4H",
    ];
    pub(super) const SCRIPTS: [[&str; 2]; 2] = [
        [
            "https://unpkg.com/leaflet@1.9.4/dist/leaflet.js",
            "sha384-cxOPjt7s7Iz04uaHJceBmS+qpjv2JkIHNVcuOrM+YHwZOmJGBXI00mdUXEq65HTH",
        ],
        [
            "https://unpkg.com/supercluster@9.1.0/dist/supercluster.min.js",
            "sha384-b2jocofijO1GAbpdMm3wr8T1DXJnb3YV2zs8ZTQ+WsdJg8wvzbb/6DtCdPSZjlnf",
        ],
    ];
}

/// What `npm run build` made of the libraries.
#[cfg(feature = "offline-page")]
mod libraries {
    pub(super) const STYLE: &str = include_str!("../../web/dist/leaflet.css");
    pub(super) const SCRIPTS: [&str; 2] =
        [include_str!("../../web/dist/leaflet.js"), include_str!("../../web/dist/supercluster.js")];
}

/// Land, coasts and borders, a shape a line; nothing in a plain build.
#[cfg(feature = "offline-page")]
const BASE: &str = include_str!("../../web/dist/base.ndjson");
#[cfg(not(feature = "offline-page"))]
const BASE: &str = "";

/// Where map tiles come from once the reader switches them on; `web/src/map.js` asks for them.
const TILES: &str = "https://tile.openstreetmap.org";

/// The modules as one script.
fn script() -> String {
    let lines = MODULES.iter().flat_map(|module| module.lines());
    let mut script = String::from("\n");
    for line in lines.filter(|line| !line.starts_with("import ")) {
        script.push_str(line.strip_prefix("export ").unwrap_or(line));
        script.push('\n');
    }
    script
}

#[cfg(not(feature = "offline-page"))]
fn library() -> String {
    let [style, hash] = libraries::STYLE;
    let link = format!("<link rel=\"stylesheet\" href=\"{style}\" integrity=\"{hash}\" crossorigin=\"anonymous\">");
    libraries::SCRIPTS.iter().fold(link, |page, [script, hash]| {
        format!("{page}\n<script async src=\"{script}\" integrity=\"{hash}\" crossorigin=\"anonymous\"></script>")
    })
}

#[cfg(feature = "offline-page")]
fn library() -> String {
    let style = format!("<style>{}</style>", libraries::STYLE);
    libraries::SCRIPTS.iter().fold(style, |page, script| format!("{page}\n<script>{script}</script>"))
}

/// What the page may load and run: its own scripts and styles by their hash, the libraries, and tiles when they are
/// asked for.
fn policy(script: &str) -> String {
    #[cfg(not(feature = "offline-page"))]
    let (scripts, styles) = (libraries::SCRIPTS.map(|[address, _]| address.to_owned()), libraries::STYLE[0]);
    #[cfg(feature = "offline-page")]
    let (scripts, styles) = (libraries::SCRIPTS.map(hash), hash(libraries::STYLE));
    format!(
        "default-src 'none'; script-src {} {}; style-src {} {styles}; img-src data: {TILES}; base-uri 'none'; \
         form-action 'none'",
        hash(script),
        scripts.join(" "),
        hash(STYLE)
    )
}

/// The hash of an inline block as a policy names it.
fn hash(block: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(block.as_bytes())))
}
