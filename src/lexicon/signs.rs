//! Signs: what the linear model of `lexicon/assertion.csv` weighs, its first column.

use std::str::FromStr;

use super::class::words;

words! {
    /// What speaks for or against a clause telling an attack as done; weighed by `lexicon/assertion.csv`.
    Sign {
        /// the bias of the model
        Always = "always",
        /// قصف: a word for an attack is a verb in the past
        PastVerb = "past_verb",
        /// يقصف
        PresentVerb = "present_verb",
        /// شن
        LightVerb = "light_verb",
        /// أسفر
        ResultVerb = "result_verb",
        /// تعرض
        ExposedVerb = "exposed_verb",
        /// هجوم
        NounOne = "noun_one",
        /// هجمات
        NounMany = "noun_many",
        /// الهجوم
        NounDefinite = "noun_definite",
        /// جريمة اغتيال
        NounGoverned = "noun_governed",
        /// اغتيال الرئيس
        NounOfName = "noun_of_name",
        /// في هجوم
        AfterPreposition = "after_preposition",
        /// تحقيق في اغتيال
        TopicBefore = "topic_before",
        /// a topic anywhere in the sentence
        TopicInLine = "topic_in_line",
        /// غارة first
        KindAir = "kind_air",
        /// هجوم first
        KindAttack = "kind_attack",
        /// انفجار first
        KindBlast = "kind_blast",
        /// اشتباك first
        KindFight = "kind_fight",
        /// اغتيال first
        KindAssassination = "kind_assassination",
        /// خطف first
        KindAbduction = "kind_abduction",
        /// اقتحام first
        KindRaid = "kind_raid",
        /// استهدف first
        KindTarget = "kind_target",
        /// سقوط and others first
        KindOther = "kind_other",
        /// قتل ثلاثة
        Killed = "killed",
        /// أصيب ثلاثة
        Injured = "injured",
        /// قتلى
        VagueToll = "vague_toll",
        /// دون إصابات
        Nobody = "nobody",
        /// أضرار
        Damage = "damage",
        /// قتل
        HarmVerb = "harm_verb",
        /// جنود
        People = "people",
        /// صاروخ
        Weapon = "weapon",
        /// بصاروخ
        WeaponMeans = "weapon_means",
        /// قد, هدد, خطط
        Modal = "modal",
        /// لم, نفى
        Negated = "negated",
        /// يشتبه
        Suspected = "suspected",
        /// محاولة
        Attempted = "attempted",
        /// أدان
        Condemned = "condemned",
        /// أدان in the sentence
        CondemnInLine = "condemn_in_line",
        /// محكمة
        Court = "court",
        /// محكمة in the sentence
        CourtInLine = "court_in_line",
        /// الحرب في
        War = "war",
        /// قال
        Reported = "reported",
        /// مصدر
        Source = "source",
        /// كان قد
        Perfect = "perfect",
        /// إثر
        Because = "because",
        /// ردا على
        Response = "response",
        /// منذ
        Since = "since",
        /// a long sentence
        LongLine = "long_line",
        /// ؟
        Question = "question",
        /// the first clause of its sentence
        OpensLine = "opens_line",
        /// أمس
        TimeNear = "time_near",
        /// 7 أكتوبر
        TimeCalendar = "time_calendar",
        /// a town or site
        PlaceFine = "place_fine",
        /// a governorate or country
        PlaceCoarse = "place_coarse",
        /// غارة إسرائيلية
        ActorKnown = "actor_known",
        /// مسلحون
        ActorUnknown = "actor_unknown",
        /// who or what was struck
        Target = "target",
        /// تبنى
        Claimed = "claimed",
        /// اتهم
        Blamed = "blamed",
        /// the event has a day
        Dated = "dated",
        /// several sentences tell of it
        ToldOn = "told_on",
        /// the report tells another event with a day
        InStory = "in_story",
        /// قصفت طائرة بلدة X: a verb of attack and a place in one clause
        Deed = "deed",
        /// غارة على X: a clause that opens with a word for an attack, and a place
        Headline = "headline",
    }
}
