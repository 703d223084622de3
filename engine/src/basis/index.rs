//! Indices into a basis: small, and made by it only.

macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            pub(crate) fn new(place: usize) -> Self {
                Self(u32::try_from(place).unwrap_or(u32::MAX))
            }

            /// Its place in their order, from 0.
            pub fn place(self) -> usize {
                self.0 as usize
            }
        }
    };
}

index! {
    /// A person of a register. Indices are in the order of person ids as numbers.
    PersonIx
}
index! {
    /// A body of a register. Indices are in the order of codes.
    BodyIx
}
index! {
    /// A meeting of a register. Indices are in the order of date, start and id.
    MeetingIx
}
index! {
    /// A claim of a basis. Indices are in the order of person, closed claims in their places, claims registered
    /// in another system, and natural order of id.
    ClaimIx
}
index! {
    /// A journey of a basis. Indices are in the order of person and natural order of id.
    TripIx
}
index! {
    /// A row of attendance of a basis. Indices are in the order of person and meeting.
    AttendanceIx
}
index! {
    /// An office's interval of a basis. Indices are in the order of person, body, role and day.
    OfficeIx
}
index! {
    /// A payment on a group's behalf of a basis. Indices are in the order of person, day and group.
    GroupPaymentIx
}
