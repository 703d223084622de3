//! Visma Enterprise HRM's XML, as the customer's mapping says; `visma_hrm.md` tells what is known.

use chrono::NaiveDate;
use honorar_engine::Money;
use honorar_problems::Problem;
use honorar_rates::{DecimalMark, HrmField, HrmMapping, HrmValue, MappedValue, XmlEncoding};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use rust_decimal::Decimal;

use super::receipt::control_sum;
use super::{Setup, Transaction};

/// The file's name is the mapping's.
pub(super) fn file_name(setup: &Setup<'_>) -> String {
    setup.hrm.map_or_else(|| "visma-hrm.xml".to_owned(), |files| files.mapping.file_name.clone())
}

/// The file, valid by the customer's schema where there is one.
///
/// Errors: no mapping, and whatever the schema refuses.
pub(super) fn write(transactions: &[Transaction<'_>], setup: &Setup<'_>) -> Result<Vec<u8>, Vec<Problem>> {
    let Some(files) = setup.hrm else { return Err(vec![setup.not_set_up("visma_hrm")]) };
    let mapping = &files.mapping;
    let mut root = Element::new(&mapping.root);
    for value in &mapping.header {
        root.put(value, of_run(value, transactions, setup, mapping));
    }
    if let Some((repeated, around)) = mapping.transaction.split_last() {
        let elements = transactions.iter().map(|transaction| {
            let mut element = Element::new(repeated);
            for value in &mapping.elements {
                element.put(value, of_transaction(value, transaction, mapping));
            }
            element
        });
        root.at(around, false, Box::new(|element| element.children.extend(elements)));
    }
    let text = root.document(mapping);
    if let Some((schema_file, schema)) = &files.texts.schema {
        check(&text, schema_file, schema, setup)?;
    }
    Ok(match mapping.encoding {
        XmlEncoding::Utf8 => text.into_bytes(),
        XmlEncoding::Latin1 => in_latin_1(&text),
    })
}

/// An element, its attributes and what is in it.
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<Element>,
}

impl Element {
    fn new(name: &str) -> Self {
        Self { name: name.to_owned(), attributes: Vec::new(), text: String::new(), children: Vec::new() }
    }

    /// Puts a text where a mapping has it; one that is empty stays out.
    fn put(&mut self, mapped: &MappedValue, text: String) {
        if text.is_empty() {
            return;
        }
        let attribute = mapped.attribute.clone();
        let put = |element: &mut Self| match attribute {
            Some(attribute) => element.attributes.push((attribute, text)),
            None => element.text = text,
        };
        self.at(&mapped.path, mapped.attribute.is_some(), Box::new(put));
    }

    /// Does something with the element at the end of a path: the last of its name goes on, unless it has a
    /// text and another is to come.
    fn at(&mut self, path: &[String], is_for_attribute: bool, put: Box<dyn FnOnce(&mut Self) + '_>) {
        let Some((name, rest)) = path.split_first() else { return put(self) };
        let goes_on = |last: &&mut Self| {
            last.name == *name && (last.text.is_empty() || rest.is_empty() && is_for_attribute)
        };
        if let Some(last) = self.children.last_mut().filter(goes_on) {
            return last.at(rest, is_for_attribute, put);
        }
        let mut child = Self::new(name);
        child.at(rest, is_for_attribute, put);
        self.children.push(child);
    }

    fn document(&self, mapping: &HrmMapping) -> String {
        let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
        let encoding = match mapping.encoding {
            XmlEncoding::Utf8 => "UTF-8",
            XmlEncoding::Latin1 => "ISO-8859-1",
        };
        let prefix = mapping.namespace.as_ref().map_or("", |(_, prefix)| prefix);
        let namespace = mapping.namespace.as_ref().map(|(namespace, prefix)| {
            let name = if prefix.is_empty() { "xmlns".to_owned() } else { format!("xmlns:{prefix}") };
            (name, namespace.clone())
        });
        // Writing to memory does not fail.
        let _ = writer.write_event(Event::Decl(BytesDecl::new("1.0", Some(encoding), None)));
        self.write(&mut writer, prefix, namespace.as_ref());
        let mut text = String::from_utf8(writer.into_inner()).unwrap_or_default();
        text.push('\n');
        text
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>, prefix: &str, namespace: Option<&(String, String)>) {
        let name = if prefix.is_empty() { self.name.clone() } else { format!("{prefix}:{}", self.name) };
        let mut start = BytesStart::new(&*name);
        for (attribute, text) in namespace.into_iter().chain(&self.attributes) {
            start.push_attribute((attribute.as_str(), text.as_str()));
        }
        if self.text.is_empty() && self.children.is_empty() {
            let _ = writer.write_event(Event::Empty(start));
            return;
        }
        let _ = writer.write_event(Event::Start(start));
        if !self.text.is_empty() {
            let _ = writer.write_event(Event::Text(BytesText::new(&self.text)));
        }
        for child in &self.children {
            child.write(writer, prefix, None);
        }
        let _ = writer.write_event(Event::End(BytesEnd::new(name)));
    }
}

fn of_run(
    mapped: &MappedValue,
    transactions: &[Transaction<'_>],
    setup: &Setup<'_>,
    mapping: &HrmMapping,
) -> String {
    let period = setup.period;
    let field = match &mapped.value {
        HrmValue::Text(text) => return text.clone(),
        HrmValue::Field(field) => field,
    };
    match field {
        HrmField::Municipality => setup.municipality.to_owned(),
        HrmField::Period => period.to_string(),
        HrmField::PeriodFrom => period.first_day().format(mapping.date_format.pattern()).to_string(),
        HrmField::PeriodTo => period.last_day().format(mapping.date_format.pattern()).to_string(),
        HrmField::Count => transactions.len().to_string(),
        HrmField::ControlSum => money(control_sum(transactions), mapping),
        _ => String::new(),
    }
}

fn of_transaction(mapped: &MappedValue, transaction: &Transaction<'_>, mapping: &HrmMapping) -> String {
    let field = match &mapped.value {
        HrmValue::Text(text) => return text.clone(),
        HrmValue::Field(field) => field,
    };
    let date = |day: NaiveDate| day.format(mapping.date_format.pattern()).to_string();
    let money = |amount: Option<Money>| amount.map(|amount| money(amount, mapping)).unwrap_or_default();
    match field {
        HrmField::EmployeeNumber => transaction.employee_number.to_owned(),
        HrmField::WageType => transaction.wage_type.to_owned(),
        HrmField::Date => date(transaction.date),
        HrmField::Paid => transaction.paid.map(date).unwrap_or_default(),
        HrmField::Quantity => transaction.quantity().map(|one| number(one, mapping)).unwrap_or_default(),
        HrmField::Rate => money(transaction.rate()),
        HrmField::Amount => money(transaction.lump_sum()),
        HrmField::Text => transaction.text.clone(),
        HrmField::Account => transaction.accounting.account.clone(),
        HrmField::Responsibility => transaction.accounting.responsibility.clone(),
        HrmField::Function => transaction.accounting.function.clone(),
        HrmField::Project => transaction.accounting.project.clone(),
        HrmField::Key => transaction.key.clone(),
        _ => String::new(),
    }
}

fn money(amount: Money, mapping: &HrmMapping) -> String {
    number(amount.decimal(), mapping)
}

fn number(number: Decimal, mapping: &HrmMapping) -> String {
    let text = format!("{number:.2}");
    if mapping.decimal_mark == DecimalMark::Comma { text.replace('.', ",") } else { text }
}

/// What the schema refuses, at most so many; the rest is counted.
const REFUSALS_SHOWN: usize = 10;

/// Holds a document against a schema.
fn check(text: &str, schema_file: &str, schema: &str, setup: &Setup<'_>) -> Result<(), Vec<Problem>> {
    let unusable = |what: String| {
        let problem = setup.refused(format!("the schema `{schema_file}` cannot be used: {what}"));
        vec![problem.expected("a schema (XSD) that can be read")]
    };
    let schema = uppsala::parse(schema).map_err(|error| unusable(error.to_string()))?;
    let validator =
        uppsala::XsdValidator::from_schema(&schema).map_err(|error| unusable(error.to_string()))?;
    let document = uppsala::parse(text).map_err(|error| unusable(error.to_string()))?;
    let refusals = validator.validate(&document);
    if refusals.is_empty() {
        return Ok(());
    }
    let mut problems: Vec<Problem> = refusals
        .iter()
        .take(REFUSALS_SHOWN)
        .map(|refusal| {
            let line = refusal.line.map(|line| format!(", line {line} of the file")).unwrap_or_default();
            let what = without_values(&refusal.message, refusal.line, text);
            setup
                .refused(format!("the schema `{schema_file}` refuses the file{line}: {what}"))
                .expected("a mapping whose file the schema accepts")
        })
        .collect();
    if let Some(more) = refusals.len().checked_sub(REFUSALS_SHOWN).filter(|more| *more > 0) {
        problems.push(setup.refused(format!("the schema `{schema_file}` refuses {more} places more")));
    }
    Err(problems)
}

/// A refusal without the values of its line: they are people's incomes.
fn without_values(message: &str, line: Option<usize>, text: &str) -> String {
    let line = line.and_then(|line| text.lines().nth(line.checked_sub(1)?)).unwrap_or_default();
    let in_quotes = line.split('"').skip(1).step_by(2);
    let between_tags = line.split('>').filter_map(|part| part.split_once('<').map(|(value, _)| value));
    let mut values: Vec<&str> =
        in_quotes.chain(between_tags).filter(|value| !value.trim().is_empty()).collect();
    values.sort_by_key(|value| std::cmp::Reverse(value.len()));
    values.iter().fold(message.to_owned(), |message, value| message.replace(value, "…"))
}

/// Letters beyond the encoding become references, as XML has them.
fn in_latin_1(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        match u8::try_from(u32::from(c)) {
            Ok(byte) => bytes.push(byte),
            Err(_) => bytes.extend(format!("&#{};", u32::from(c)).bytes()),
        }
    }
    bytes
}
