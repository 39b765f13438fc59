//! How a record is held: as JSON in which each thing is a list of its fields, in the order in which the model has them. The names
//! would take a third of the file and of the time of reading it. What serde derives reads lists and names alike, so records of
//! older stores are read as they are.
//!
//! A new field goes to the end of its struct and needs a default, or a new version of the store; a test holds what was written.

use serde::ser::{Serialize, SerializeSeq, Serializer};

use crate::model::{Evidence, Incident, Mark, Source, Statement};

/// The record of an incident.
pub(super) fn of(incident: &Incident) -> String {
    serde_json::to_string(&Listed(incident)).unwrap_or_default()
}

/// The incident of a record; none where it is not understood, which no version of mawqi writes.
pub(super) fn read(record: &str) -> Option<Incident> {
    serde_json::from_str(record).ok()
}

/// A thing as the list of its fields.
struct Listed<'a, T>(&'a T);

/// Several of them.
struct All<'a, T>(&'a [T]);

impl<'a, T> Serialize for All<'a, T>
where
    Listed<'a, T>: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(Listed))
    }
}

/// Writes a list.
macro_rules! list {
    ($serializer:ident: $($field:expr),+ $(,)?) => {{
        let mut list = $serializer.serialize_seq(None)?;
        $(list.serialize_element($field)?;)+
        list.end()
    }};
}

impl Serialize for Listed<'_, Incident> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // All fields by name: a new one must not be forgotten here.
        let Incident {
            id,
            event_type,
            date_start,
            date_end,
            date_precision,
            time_of_day,
            place,
            place_en,
            place_id,
            place_kind,
            geo_precision,
            uncertainty_m,
            lon,
            lat,
            admin2,
            admin1,
            country,
            actor,
            claimed_by,
            blamed_on,
            target,
            weapons,
            killed_min,
            killed_max,
            injured_min,
            injured_max,
            outcome,
            damage,
            background,
            confidence,
            summary_en,
            summary_ar,
            source_count,
            sources,
        } = self.0;
        list!(
            serializer: id, event_type, date_start, date_end, date_precision, time_of_day, place, place_en, place_id,
            place_kind, geo_precision, uncertainty_m, lon, lat, admin2, admin1, country, actor, claimed_by, blamed_on,
            target, weapons, killed_min, killed_max, injured_min, injured_max, outcome, damage, background, confidence,
            summary_en, summary_ar, source_count, &All(sources),
        )
    }
}

impl Serialize for Listed<'_, Source> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Source { report, published, publisher, url, says, evidence } = self.0;
        list!(serializer: report, published, publisher, url, &Listed(says), &All(evidence))
    }
}

impl Serialize for Listed<'_, Statement> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Statement {
            date_start,
            date_end,
            weekday,
            date_from,
            event_type,
            place,
            place_id,
            ordinal,
            official,
            killed_min,
            killed_max,
            injured_min,
            injured_max,
        } = self.0;
        list!(
            serializer: date_start, date_end, weekday, date_from, event_type, place, place_id, ordinal, official,
            killed_min, killed_max, injured_min, injured_max,
        )
    }
}

impl Serialize for Listed<'_, Evidence> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Evidence { start, end, text, marks } = self.0;
        list!(serializer: start, end, text, &All(marks))
    }
}

impl Serialize for Listed<'_, Mark> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Mark { field, start, end } = self.0;
        list!(serializer: field, start, end)
    }
}

#[cfg(test)]
mod tests {
    use super::{Incident, of, read};

    /// What a store of today holds; a store of tomorrow must read it.
    const WRITTEN: &str = r#"["20240120-ain-al-asad-missile_attack","missile_attack","2024-01-20","2024-01-21","day","night","عين الأسد","Ayn al-Asad","ain-al-asad","air_base","site",3000,42.43917,33.80052,"Hit","Anbar","IQ","a","b","c","US forces",["ballistic_missile","rocket"],0,1,2,null,"hit","أضرار",true,0.875,"en","ar",2,[["r1","2024-01-21","p","u",["2024-01-20","2024-01-21",6,"r2","missile_attack","x","y",2,true,0,1,2,3],[[1,9,"نص",[["place",2,4],["date",5,9]]]]],["r2",null,null,null,[null,null,null,null,null,null,null,null,false,null,null,null,null],[]]]]"#;

    #[test]
    fn a_record_is_read_as_it_was_written() {
        let incident = read(WRITTEN).unwrap();
        assert_eq!(of(&incident), WRITTEN);
        assert_eq!((incident.lon, incident.lat), (Some(42.43917), Some(33.80052)));
        assert_eq!(incident.sources[0].says.weekday, Some(6));
        assert_eq!(incident.sources[0].evidence[0].marks[1].field, "date");
    }

    #[test]
    fn a_record_with_names_is_the_same() {
        let incident = read(WRITTEN).unwrap();
        let named = serde_json::to_string(&incident).unwrap();
        assert!(named.starts_with("{\"id\":"));
        assert_eq!(read(&named), Some(incident));
        assert_eq!(read("[]"), None::<Incident>);
    }
}
