//! Cues: the classes of words that decide what a clause is worth, the first column of `lexicon/cues.csv`.

use std::str::FromStr;

use super::class::words;

words! {
    /// Words that decide what a clause is worth.
    Cue {
        /// قال
        Report = "report",
        /// تبنى
        Claim = "claim",
        /// أعلنت مسؤوليتها
        Own = "own",
        /// بحسب
        Source = "source",
        /// هناك
        There = "there",
        /// مجددا
        Again = "again",
        /// مرة
        Times = "times",
        /// لم تتبن
        NoClaim = "noclaim",
        /// اتهم
        Accuse = "accuse",
        /// المسؤولية
        Responsible = "responsible",
        /// يرجح
        Suspect = "suspect",
        /// نفى
        Deny = "deny",
        /// هدد
        Threat = "threat",
        /// خطط
        Plan = "plan",
        /// إذا
        Hypothetical = "hypothetical",
        /// مناورة
        Drill = "drill",
        /// تفجير مسيطر
        Controlled = "controlled",
        /// تماس كهربائي
        Benign = "benign",
        /// مباراة
        Sport = "sport",
        /// أحبط
        Foil = "foil",
        /// قرى متفرقة
        Various = "various",
        /// لم ينفجر
        Dud = "dud",
        /// في أرض خلاء
        Short = "short",
        /// قبل وصولها
        AllStopped = "allstopped",
        /// إحداها
        Part = "part",
        /// سماع
        Heard = "heard",
        /// منذ
        Since = "since",
        /// نفسها
        Same = "same",
        /// إجمالي
        Total = "total",
        /// خلال العام
        Over = "span",
        /// قد, before a present verb
        Maybe = "maybe",
        /// دعا إلى
        Call = "call",
        /// قبل أيام
        Recent = "recent",
        /// ردا على
        Response = "response",
        /// بعد ساعات من
        Soon = "soon",
        /// حصيلة
        Toll = "toll",
        /// إضافة إلى
        Addition = "addition",
        /// جراء
        Because = "because",
        /// فيما
        While = "while",
        /// آخر
        Another = "another",
        /// كان قد
        Perfect = "perfect",
        /// لم
        Negation = "negation",
        /// المقبل
        Future = "future",
        /// الحرب في
        War = "war",
        /// صورة
        Caption = "caption",
        /// قناة الميادين
        Mask = "mask",
        /// قائد
        Office = "role",
        /// حصيلة سابقة
        Previous = "previous",
        /// مصدر
        Speaker = "speaker",
        /// ما مجموعه
        Sum = "sum",
        /// مخازن
        Storage = "storage",
        /// اللواء
        Person = "person",
        /// مماثل
        Similar = "similar",
        /// محاولة
        Attempt = "attempt",
        /// عددهم
        Numbered = "numbered",
        /// بلغ
        Reached = "reached",
        /// شرطي
        Guard = "guard",
        /// ثم
        Then = "then",
        /// مثلهم
        Equal = "equal",
        /// تحقيق
        Topic = "topic",
        /// أدان
        Condemn = "condemn",
        /// محكمة
        Court = "court",
        /// معلومات
        Untold = "untold",
        /// تستضيف
        Host = "host",
        /// جندي
        Soldier = "soldier",
        /// مجموعة من
        Band = "band",
        /// صلته بـ
        Involved = "involved",
        /// بيان صادر عن
        Statement = "statement",
        /// «ترفع علم»: right before the country where a ship is registered.
        Flag = "flag",
        /// مبنى
        Built = "built",
        /// تشييع
        Funeral = "funeral",
        /// تفكيك
        Defuse = "defuse",
        /// عقب, before غارة
        After = "after",
        /// على يد
        By = "by",
        /// شهدت
        Scene = "scene",
        /// صفارات الإنذار
        Siren = "siren",
        /// منه, after a day: of the month told before
        OfIt = "ofit",
        /// قائمقام, right before the unit that he governs
        Seat = "seat",
        /// اتفاقا: what is signed, وقّع, and does not happen, وقع
        Signed = "signed",
        /// موالٍ, مخلفات: before an actor, and neither his people nor his place
        Friend = "friend",
        /// شيّع: the dead are buried
        Buried = "buried",
        /// وهذا, وهو: leads to a comment on what was just told
        This = "this",
        /// أول, أعنف: before an attack
        Nth = "nth",
        /// من نوعه
        OfKind = "ofkind",
        /// عثر, ضبط: what was found
        Found = "found",
        /// مدمرة: a warship
        Warship = "warship",
        /// تحييد: what whoever announces it has done
        Deed = "deed",
        /// أصدر بيانا, عقد اجتماعا: what somebody does who only speaks of an attack
        Session = "session",
        /// تحت: before an attack that went on while something else was done
        Under = "under",
        /// حين: when it happened, after what went on
        When = "when",
        /// خلال, حيث: a word that belongs to no name
        Filler = "filler",
        /// بدء, after منذ: counts from the beginning of something
        Onset = "onset",
        /// كل من, before names
        Each = "each",
        /// ارتفعت, لترتفع: before what a toll has risen to
        Rise = "rise",
    }
}
